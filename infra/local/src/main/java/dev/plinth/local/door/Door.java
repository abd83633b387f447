package dev.plinth.local.door;

import dev.plinth.local.door.Callers.Caller;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.net.Exchange;
import dev.plinth.local.network.Network;
import dev.plinth.local.queue.QueueMetrics;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.stack.Stacks;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;

/**
 * Answers every SDK call: who calls, may they, what goes wrong on purpose, and then the engine. Signatures are not
 * verified; the access key, drawn at random for each run, is what proves the caller. Thread-safe.
 */
public final class Door {
    private static final int LARGEST_CALL = 16 * 1024 * 1024;
    private static final Pattern CREDENTIAL =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/([a-z0-9-]+)/aws4_request.*");

    private final Callers callers;
    private final Faults faults;
    private final Journal journal;
    private final Consumer<String> denials;
    private final Admission admission;
    private final Map<String, AwsService> services = new LinkedHashMap<>();
    /** Null until it is open. It is no {@link AwsService}, since its bodies are as large as they like. */
    private volatile S3Service s3;

    /** @param denials takes the explanation of each denial, several lines long */
    public Door(Callers callers, Faults faults, Journal journal, Consumer<String> denials) {
        this.callers = callers;
        this.faults = faults;
        this.journal = journal;
        this.denials = denials;
        this.admission = new Admission(journal, denials);
    }

    /** Lets a function of this network through only where the network leads to the service. */
    public void standIn(Network network) {
        admission.standIn(network);
    }

    public void openDynamoDb(Account account, URI engine) {
        open(new DynamoDbService(account, engine, HttpClient.newHttpClient()));
    }

    /**
     * @param own    the stacks of the laptop's cloud
     * @param stacks those that programs deploy
     */
    public void openCloudFormation(Account account, Supplier<List<DeployedStack>> own, Stacks stacks,
                                   TemplateFiles templates) {
        open(new CloudFormationService(account, own, stacks, templates));
    }

    /** @param policies the resource policy of a secret by its ARN */
    public void openSecretsManager(Secrets secrets, Rotations rotations, Function<String, Optional<Policy>> policies) {
        open(new SecretsManagerService(secrets, rotations, policies));
    }

    public void openMail(Account account, Outbox outbox) {
        open(new SesService(account, outbox, Clock.systemUTC()));
    }

    /** Returns the condition keys whose values the door knows for the calls that they apply to. */
    public static Set<String> conditionKeys() {
        return Stream.of(CloudFormationService.CONDITION_KEYS, SecretsManagerService.CONDITION_KEYS,
                        SesService.CONDITION_KEYS, S3Call.CONDITION_KEYS, SnsService.CONDITION_KEYS)
                .flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns those that may stand in the policy of a secret. */
    public static Set<String> conditionKeysOfSecrets() {
        return Stream.concat(SecretsManagerService.CONDITION_KEYS.stream(), Stream.of("aws:SecureTransport"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param policies the resource policy of a queue by its ARN */
    public void openSqs(Account account, URI engine, Function<String, Optional<Policy>> policies) {
        open(new SqsService(account, engine, HttpClient.newHttpClient(), policies));
    }

    /** @param policies the resource policy of a topic by its ARN */
    public void openSns(Account account, Topics topics, Function<String, Optional<Policy>> policies) {
        open(new SnsService(account, topics, policies));
    }

    public void openCloudWatch(QueueMetrics metrics) {
        open(new CloudWatchService(metrics, Clock.systemUTC()));
    }

    /**
     * @param engine   where S3Proxy serves
     * @param policies the resource policy of a bucket, and of what is in it, by its ARN
     */
    public void openS3(URI engine, Function<String, Optional<Policy>> policies) {
        openS3(engine, policies, bucket -> List.of());
    }

    /**
     * @param engine   where S3Proxy serves
     * @param policies the resource policy of a bucket, and of what is in it, by its ARN
     * @param cors     the rules for pages of other origins, by the name of a bucket
     */
    public void openS3(URI engine, Function<String, Optional<Policy>> policies,
                       Function<String, List<CorsRule>> cors) {
        s3 = new S3Service(engine, policies, cors, callers, admission, faults, journal, Clock.systemUTC());
    }

    private void open(AwsService service) {
        services.put(service.name(), service);
    }

    public void answer(Exchange exchange) throws IOException, InterruptedException {
        if (s3 != null && S3Service.isMeantBy(exchange)) {
            s3.answer(exchange);
            return;
        }
        DoorRequest request = read(exchange);
        if (services.get(SnsService.NAME) instanceof SnsService sns && SnsService.isLink(request)) {
            send(exchange, sns.open(sns.parse(request)));
            return;
        }
        Matcher credential = CREDENTIAL.matcher(request.headers().getOrDefault("authorization", ""));
        if (!credential.matches()) {
            exchange.answer(403, "text/plain", "This is the AWS endpoint of the laptop's cloud. A call must be signed "
                    + "(Signature Version 4). The console page is at /_plinth/.\n");
            return;
        }
        AwsService service = services.get(credential.group(2));
        if (service == null) {
            denials.accept("A call of the service " + credential.group(2) + " was denied: the templates have no "
                    + "resource of it, so the laptop's cloud runs none. Services here: " + services.keySet() + ".");
            exchange.answer(403, "text/plain", "No service " + credential.group(2) + " behind this endpoint.\n");
            return;
        }
        AwsCall call = service.parse(request);
        Optional<Caller> caller = callers.find(credential.group(1));
        if (caller.isEmpty()) {
            send(exchange, service.error(403, "UnrecognizedClientException",
                    "The security token included in the request is invalid."));
            return;
        }
        Optional<String> denial = admission.denial(caller.get(), new Admission.Attempt(
                service.name(), call.name(), service.permissions(call), service.getClass(), service::resourcePolicy));
        if (denial.isPresent()) {
            send(exchange, service.error(service.name().equals("dynamodb") ? 400 : 403, "AccessDeniedException", denial.get()));
            return;
        }
        long started = System.nanoTime();
        AwsAnswer answer = workWithFaults(caller.get(), service, call);
        journal.add(new Journal.Call(Instant.now(), caller.get().name(), call.name(), answer.status(),
                (System.nanoTime() - started) / 1e6));
        send(exchange, answer);
    }

    private static DoorRequest read(Exchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : exchange.headers()) {
            headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue());
        }
        return new DoorRequest(exchange.method(), exchange.rawPath(), exchange.rawQuery(), headers, exchange.body(LARGEST_CALL));
    }

    private AwsAnswer workWithFaults(Caller caller, AwsService service, AwsCall call)
            throws IOException, InterruptedException {
        Optional<AwsAnswer> before = strike(caller, service, call, Moment.BEFORE);
        if (before.isPresent()) {
            return before.get();
        }
        AwsAnswer answer = service.answer(call);
        return strike(caller, service, call, Moment.AFTER).orElse(answer);
    }

    private Optional<AwsAnswer> strike(Caller caller, AwsService service, AwsCall call, Moment moment)
            throws InterruptedException {
        Optional<Fault> fault = faults.take(caller.place(), call.name(), moment);
        if (fault.isPresent() && fault.get().delayMillis() > 0) {
            Thread.sleep(fault.get().delayMillis());
        }
        return fault.flatMap(Fault::error)
                .map(code -> service.error(fault.get().status(), code, "Ordered by a fault of this cloud."));
    }

    private static void send(Exchange exchange, AwsAnswer answer) {
        List<HttpField> headers = answer.headers().entrySet().stream()
                .map(header -> new HttpField(header.getKey(), header.getValue())).toList();
        exchange.answer(answer.status(), headers, answer.body());
    }
}
