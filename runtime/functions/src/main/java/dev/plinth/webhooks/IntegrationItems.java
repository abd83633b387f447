package dev.plinth.webhooks;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Secrets.Previous;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of the integrations table that more than one feature reads, written and read in one place. */
public final class IntegrationItems {
    public static final String OWNER = StudioTable.INTEGRATIONS.schema().key().partition();
    public static final String ID = StudioTable.Attributes.INTEGRATION_ID;
    public static final String EXPIRES_AT = StudioTable.Attributes.EXPIRES_AT;
    public static final String KIND = "kind";
    public static final String STATE = "state";
    public static final String FAILURES = "failures";

    /** Names one state of an item; every write stamps another one. */
    public static final String REVISION = "revision";

    static final String PROJECT_ID = StudioTable.Attributes.PROJECT_ID;
    static final String LINKED_OWNER = "linkedOwner";

    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String PREVIOUS_SECRET = "previousSecret";
    private static final String PREVIOUS_UNTIL = "previousSecretUntil";
    private static final String PROJECTS = "projects";
    private static final String EVENTS = "events";
    private static final String OUTCOMES = "outcomes";

    private static final String DELIVERIES = "ENDPOINT#";
    private static final String NOTICES = "NOTICES#";
    private static final String LINKS = "LINKS#";

    private IntegrationItems() {
    }

    public static Map<String, AttributeValue> key(String owner, String id) {
        return Map.of(OWNER, text(owner), ID, text(id));
    }

    /** Returns the attributes of an endpoint, its key and state among them. */
    public static Map<String, AttributeValue> attributes(Endpoint endpoint) {
        Map<String, AttributeValue> item = new HashMap<>(key(endpoint.owner(), endpoint.id().toString()));
        item.put(KIND, text(endpoint.kind().name()));
        item.put(URL, text(endpoint.url().toString()));
        item.put(SECRET, text(endpoint.secrets().current()));
        endpoint.secrets().previous().ifPresent(previous -> {
            item.put(PREVIOUS_SECRET, text(previous.secret()));
            item.put(PREVIOUS_UNTIL, seconds(previous.until()));
        });
        item.put(STATE, text(endpoint.state().name()));
        item.put(FAILURES, number(endpoint.failures()));
        item.putAll(attributes(endpoint.interest()));
        return item;
    }

    public static Endpoint endpoint(Map<String, AttributeValue> item) {
        Optional<Previous> previous = text(item, PREVIOUS_SECRET).map(secret ->
                new Previous(secret, Instant.ofEpochSecond(number(item, PREVIOUS_UNTIL))));
        return new Endpoint(item.get(OWNER).s(), UUID.fromString(item.get(ID).s()),
                EndpointKind.valueOf(item.get(KIND).s()), URI.create(item.get(URL).s()),
                new Secrets(item.get(SECRET).s(), previous), interest(item),
                EndpointState.valueOf(item.get(STATE).s()), (int) number(item, FAILURES));
    }

    public static Map<String, AttributeValue> attributes(Interest interest) {
        return Map.of(
                PROJECTS, texts(interest.projects().stream().map(UUID::toString).sorted().toList()),
                EVENTS, texts(interest.events().stream().map(Event::name).sorted().toList()),
                OUTCOMES, texts(interest.outcomes().stream().map(Outcome::name).sorted().toList()));
    }

    public static Interest interest(Map<String, AttributeValue> item) {
        return Interest.in(
                item.get(PROJECTS).ss().stream().map(UUID::fromString).toList(),
                item.get(EVENTS).ss().stream().map(Event::valueOf).toList(),
                item.get(OUTCOMES).ss().stream().map(Outcome::valueOf).toList());
    }

    /** Returns the item by which something that is told of a project is found when the project has a notice. */
    public static Map<String, AttributeValue> link(String owner, UUID id, UUID project) {
        Map<String, AttributeValue> item = new HashMap<>(linkKey(id, project));
        item.put(PROJECT_ID, text(project.toString()));
        item.put(LINKED_OWNER, text(owner));
        return item;
    }

    public static Map<String, AttributeValue> linkKey(UUID id, UUID project) {
        return key(LINKS + id, project.toString());
    }

    /** Returns the partition of the deliveries to an endpoint. */
    static String deliveries(UUID endpointId) {
        return DELIVERIES + endpointId;
    }

    /** Returns the partition of the notices that an endpoint has a delivery of. */
    static String notices(UUID endpointId) {
        return NOTICES + endpointId;
    }

    static Link link(Map<String, AttributeValue> item) {
        return new Link(item.get(LINKED_OWNER).s(), UUID.fromString(item.get(OWNER).s().substring(LINKS.length())));
    }

    /** What a link leads to. */
    record Link(String owner, UUID id) {
    }

    private static AttributeValue texts(Collection<String> texts) {
        return AttributeValue.fromSs(List.copyOf(texts));
    }
}
