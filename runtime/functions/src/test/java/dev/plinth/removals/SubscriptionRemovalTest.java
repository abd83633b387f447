package dev.plinth.removals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Beans;
import dev.plinth.functions.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of a user's profile and subscriptions when the user is gone, and which messages say so. */
class SubscriptionRemovalTest {
    private static final String PROFILE = "/api/profile";
    private static final String GONE = "\"detail\":\"Your account has been removed.\"";

    private static RemovalFunctions functions;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @BeforeAll
    static void start() {
        functions = new RemovalFunctions();
    }

    @AfterAll
    static void stop() {
        functions.close();
    }

    @AfterEach
    void live() {
        functions.aws().live();
    }

    @Test
    void endsAllSubscriptionsAndLeavesNoTraceOfAnAddress() {
        functions.subscribeAll(ada, functions.project(ada));

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.messaging().subscription(RemovalFunctions.mail(ada))).isNull();
        assertThat(functions.messaging().subscription(RemovalFunctions.number(ada))).isNull();
        assertThat(owners(ada)).isEmpty();
        assertThat(functions.table(StudioTable.INTEGRATIONS).items().toString())
                .doesNotContain(RemovalFunctions.mail(ada), RemovalFunctions.number(ada));
    }

    /** Returns the partitions that hold, or lead to, subscriptions of a user, or keep others from their address. */
    private static List<String> owners(UUID user) {
        return functions.table(StudioTable.INTEGRATIONS).items().stream()
                .filter(item -> item.get("owner").s().equals("USER#" + user)
                        || Stream.of("linkedOwner", "claimedBy").anyMatch(name -> item.containsKey(name)
                                && item.get(name).s().endsWith(user.toString())))
                .map(item -> item.get("owner").s()).toList();
    }

    @Test
    void freesAddressAndNumberForOthers() {
        functions.subscribeAll(ada, functions.project(ada));
        String project = functions.project(bob);
        assertThat(functions.subscribe(bob, "email", "email", RemovalFunctions.mail(ada), project).status())
                .isEqualTo(409);

        functions.remove(ada);

        assertThat(functions.subscribe(bob, "email", "email", RemovalFunctions.mail(ada), project).status())
                .isEqualTo(201);
    }

    @Test
    void leavesTheSubscriptionsOfOthersAsTheyAre() {
        functions.subscribeAll(bob, functions.project(bob));
        functions.subscribeAll(ada, functions.project(ada));
        List<String> before = owners(bob);

        functions.remove(ada);

        assertThat(before).hasSizeGreaterThanOrEqualTo(8);
        assertThat(owners(bob)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(functions.messaging().subscription(RemovalFunctions.mail(bob)).confirmed).isTrue();
    }

    @Test
    void endsSubscriptionsThatWaitForTheirConfirmation() {
        String project = functions.project(ada);
        List<Answer> pending = List.of(functions.subscribeMail(ada, project), functions.subscribeNumber(ada, project),
                functions.subscribeWebhook(ada, project));
        assertThat(pending).extracting(Answer::status).containsOnly(201);

        assertThat(functions.remove(ada)).isTrue();

        assertThat(owners(ada)).isEmpty();
        assertThat(functions.messaging().subscription(RemovalFunctions.mail(ada)).confirmed)
                .as("SNS ends it by itself, as nobody may end what is pending").isFalse();
    }

    @Test
    void leavesAMarkInThePlaceOfTheProfile() {
        functions.put(ada, PROFILE, "{\"name\": \"Ada\", \"about\": \"Draws engines\"}");
        String before = functions.item(StudioTable.USERS, ada).orElseThrow().get("revision").s();
        Instant start = Instant.now();

        functions.remove(ada);

        Map<String, AttributeValue> mark = functions.item(StudioTable.USERS, ada).orElseThrow();
        assertThat(mark).containsOnlyKeys("userId", "removedAt", "revision", "expiresAt");
        assertThat(mark.get("revision").s()).isNotEqualTo(before);
        assertThat(Instant.ofEpochSecond(Long.parseLong(mark.get("expiresAt").n())))
                .isBetween(start.plus(Duration.ofDays(30)).minusSeconds(1), Instant.now().plus(Duration.ofDays(30)));
    }

    @Test
    void marksAUserOfWhomNothingIsKnownAndOneWhoIsMarkedAlready() {
        functions.remove(ada);
        Map<String, AttributeValue> mark = functions.item(StudioTable.USERS, ada).orElseThrow();

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow().get("removedAt"))
                .isEqualTo(mark.get("removedAt"));
        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow().get("expiresAt"))
                .isEqualTo(mark.get("expiresAt"));
    }

    @Test
    void refusesWhatSomebodyBeginsWhoIsGone() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "VIEWER");
        String shared = functions.project(ada, team);
        functions.remove(ada);

        for (Answer refused : List.of(
                functions.post(ada, "/api/projects", "{\"name\": \"Bookshop\"}"),
                functions.post(ada, "/api/teams", "{\"name\": \"Engine room\"}"),
                functions.get(ada, PROFILE),
                functions.put(ada, PROFILE, "{\"name\": \"Ada\"}"),
                functions.subscribeMail(ada, shared),
                functions.subscribeNumber(ada, shared),
                functions.subscribeWebhook(ada, shared))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.header("content-type")).startsWith("application/problem+json");
            assertThat(refused.text()).contains(GONE);
        }
        assertThat(owners(ada)).isEmpty();
        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow()).doesNotContainKeys("name", "about");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/projects", "/api/teams"})
    void refusesWhatIsBegunWhileItsUserIsRemoved(String path) {
        functions.aws().interrupt("DynamoDB.TransactWriteItems", () -> functions.remove(ada));

        Answer refused = functions.post(ada, path, "{\"name\": \"Bookshop\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains(GONE);
        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow())
                .doesNotContainKeys("count#projects", "count#teams");
    }

    @Test
    void refusesAProfileThatIsWrittenWhileItsUserIsRemoved() {
        functions.put(ada, PROFILE, "{\"name\": \"Ada\"}");
        functions.aws().interrupt("DynamoDB.TransactWriteItems", () -> functions.remove(ada));

        assertThat(functions.put(ada, PROFILE, "{\"name\": \"Ada L.\"}").text()).contains(GONE);
        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow()).doesNotContainKey("name");
    }

    @Test
    void refusesASubscriptionThatIsAddedWhileItsUserIsRemoved() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "VIEWER");
        String shared = functions.project(ada, team);
        functions.aws().interrupt("DynamoDB.TransactWriteItems", () -> functions.remove(ada));

        assertThat(functions.subscribeMail(ada, shared).text()).contains(GONE);

        assertThat(owners(ada)).isEmpty();
        assertThat(functions.messaging().subscription(RemovalFunctions.mail(ada))).isNull();
    }

    @Test
    void endsASubscriptionThatChangesWhileItIsBeingEnded() {
        String project = functions.project(ada);
        Answer pending = functions.subscribeMail(ada, project);
        String token = functions.messaging().subscription(RemovalFunctions.mail(ada)).token();
        functions.aws().interrupt("SNS.Unsubscribe", () -> functions.confirm(ada, pending, token));

        assertThat(functions.remove(ada)).isTrue();

        assertThat(owners(ada)).isEmpty();
        assertThat(functions.messaging().subscription(RemovalFunctions.mail(ada))).isNull();
    }

    @Test
    void stopsWhenTimeIsShortAndGoesOnAtTheNextDelivery() {
        functions.subscribeAll(ada, functions.project(ada));
        String event = RemovalFunctions.event("user-removed", ada.toString());

        assertThat(Invocation.ofMessages(event).millisLeft(() -> 9_999).failures(functions.worker()))
                .containsExactly("message-0");
        assertThat(owners(ada)).isNotEmpty();
        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow()).doesNotContainKey("expiresAt");

        assertThat(functions.remove(ada)).isTrue();
        assertThat(owners(ada)).isEmpty();
    }

    @Test
    void primesWithoutAFailureAndChangesNothing() {
        Map<StudioTable, Integer> before = sizes();

        Beans.of(functions.worker(), StudioRemoval.class).prime();

        assertThat(sizes()).isEqualTo(before);
    }

    private static Map<StudioTable, Integer> sizes() {
        return Arrays.stream(StudioTable.values())
                .collect(Collectors.toMap(table -> table, table -> functions.table(table).items().size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\": \"user-removed\"}", "{\"type\": \"user-removed\", \"userId\": \"x\"}",
            "{\"type\": \"user-removed\", \"userId\": 7}", "{\"userId\": \"7d9f4a38-5f0e-4c3c-9a55-0a1f6f0d2b11\"}",
            "{\"type\": \"unheard-of\", \"userId\": \"7d9f4a38-5f0e-4c3c-9a55-0a1f6f0d2b11\"}"})
    void givesBackAnEventThatItCannotRead(String event) {
        assertThat(functions.give(event)).containsExactly("message-0");
    }

    @Test
    void givesBackAnEventOfAnotherTypeAndRemovesNothing() {
        functions.put(ada, PROFILE, "{\"name\": \"Ada\"}");

        assertThat(functions.give(RemovalFunctions.event("verification-code-requested", ada.toString())))
                .containsExactly("message-0");

        assertThat(functions.get(ada, PROFILE).text()).contains("Ada");
    }
}
