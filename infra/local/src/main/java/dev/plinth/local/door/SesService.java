package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Letter.Content;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SES's API v2, as far as mail is sent by it. What is sent stays in the outbox. */
final class SesService implements AwsService {
    /** The condition keys that policies may ask for. */
    static final Set<String> CONDITION_KEYS =
            Set.of("ses:FromAddress", "ses:FromDisplayName", "ses:Recipients", "ses:ApiVersion");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEND_EMAIL = "SendEmail";
    private static final int MOST_RECIPIENTS = 50;

    private final Account account;
    private final Outbox outbox;
    private final Clock clock;

    SesService(Account account, Outbox outbox, Clock clock) {
        this.account = account;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ses";
    }

    /** The API is REST: the operation is the method and the path. */
    @Override
    public AwsCall parse(DoorRequest request) throws IOException {
        String call = request.method() + " " + request.path();
        String operation = call.equals("POST /v2/email/outbound-emails") ? SEND_EMAIL : call;
        JsonNode input = operation.equals(SEND_EMAIL) ? JSON.readTree(request.body()) : JSON.nullNode();
        return new AwsCall(name(), operation, input, Map.of(), request.body());
    }

    /** SES asks for the sender's identity, and for the configuration set where the mail has one. */
    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        if (!call.operation().equals(SEND_EMAIL)) {
            return Optional.empty();
        }
        Letter letter = Letter.of(call.input());
        Map<String, List<String>> context = new HashMap<>();
        context.put("ses:ApiVersion", List.of("2"));
        context.put("ses:Recipients", letter.recipients());
        Optional<Mailbox> from = Mailbox.of(letter.from());
        from.flatMap(Mailbox::name).ifPresent(name -> context.put("ses:FromDisplayName", List.of(name)));
        String address = from.map(Mailbox::address).orElse(letter.from());
        context.put("ses:FromAddress", List.of(address));
        Optional<String> identity = outbox.identityOf(address);
        List<AccessRequest> needed = new ArrayList<>();
        needed.add(new AccessRequest("ses:SendEmail", account.arn("ses", "identity/" + identity.orElse(address)),
                context));
        letter.configurationSet().or(() -> identity.flatMap(outbox::configurationSetOf)).ifPresent(set ->
                needed.add(new AccessRequest("ses:SendEmail", account.arn("ses", "configuration-set/" + set),
                        context)));
        return Optional.of(needed);
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        if (!call.operation().equals(SEND_EMAIL)) {
            return error(404, "UnknownOperationException", "The laptop's cloud does not answer " + call.operation()
                    + ".");
        }
        Letter letter = Letter.of(call.input());
        Optional<Mailbox> from = Mailbox.of(letter.from());
        if (from.isEmpty()) {
            return bad("Missing or invalid FromEmailAddress.");
        }
        if (letter.recipients().isEmpty() || letter.recipients().size() > MOST_RECIPIENTS) {
            return bad("A mail has from 1 to " + MOST_RECIPIENTS + " recipients, not " + letter.recipients().size()
                    + ".");
        }
        if (letter.recipients().stream().anyMatch(recipient -> Mailbox.of(recipient).isEmpty())) {
            return bad("Not every recipient is an e-mail address.");
        }
        if (outbox.identityOf(from.get().address()).isEmpty()) {
            return error(400, "MessageRejected",
                    "Email address is not verified. The following identities failed the check in "
                    + "region " + account.region().toUpperCase(Locale.ROOT) + ": " + from.get().address());
        }
        Optional<String> unknownSet = letter.configurationSet().filter(set -> !outbox.hasConfigurationSet(set));
        if (unknownSet.isPresent()) {
            return error(404, "NotFoundException", "Configuration set <" + unknownSet.get() + "> does not exist.");
        }
        return letter.content().map(content -> send(letter, content)).orElseGet(() ->
                bad("The laptop's cloud takes Content.Simple with a subject and a body, or Content.Raw."));
    }

    private AwsAnswer send(Letter letter, Content content) {
        String id = UUID.randomUUID().toString();
        outbox.add(new Mail(id, clock.instant(), letter.from(), addresses(letter.to()), addresses(letter.cc()),
                addresses(letter.bcc()), content.subject(), content.text(), content.html()));
        return json(200, Map.of(), JSON.createObjectNode().put("MessageId", id).toString());
    }

    private static List<String> addresses(List<String> recipients) {
        return recipients.stream().map(recipient -> Mailbox.of(recipient).orElseThrow().address()).toList();
    }

    private AwsAnswer bad(String message) {
        return error(400, "BadRequestException", message);
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        return json(status, Map.of("x-amzn-errortype", code), JSON.createObjectNode().put("message", message)
                .toString());
    }

    private static AwsAnswer json(int status, Map<String, String> more, String body) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("content-type", "application/json");
        headers.put("x-amzn-requestid", UUID.randomUUID().toString());
        return new AwsAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
