package dev.plinth.local.cloud;

import dev.plinth.local.console.BucketsView;
import dev.plinth.local.console.Console;
import dev.plinth.local.console.EnginesView;
import dev.plinth.local.console.MailView;
import dev.plinth.local.console.MetricsView;
import dev.plinth.local.console.NotificationsView;
import dev.plinth.local.console.Omission;
import dev.plinth.local.console.SecretsView;
import dev.plinth.local.console.StacksView;
import dev.plinth.local.console.WebhookCatcher;
import dev.plinth.local.console.WorkView;
import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.door.Door;
import dev.plinth.local.door.Faults;
import dev.plinth.local.door.TemplateFiles;
import dev.plinth.local.engine.DynamoDbEngine;
import dev.plinth.local.engine.DynamoDbTables;
import dev.plinth.local.engine.S3Engine;
import dev.plinth.local.engine.SqsEngine;
import dev.plinth.local.gate.GateKeys;
import dev.plinth.local.gate.SignIns;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.journal.MetricCounts;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.lambda.RuntimeClientKind;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.mail.Texts;
import dev.plinth.local.net.Exchange;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.network.Network;
import dev.plinth.local.queue.QueueMetrics;
import dev.plinth.local.schedule.Schedules;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.stack.Stacks;
import dev.plinth.local.template.CloudAssembly;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.Deployment;
import dev.plinth.local.template.DynamicReferences;
import dev.plinth.local.template.PlannedResource;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.ResourceDefinition;
import dev.plinth.local.template.TemplateException;
import dev.plinth.local.topic.Topics;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A cloud assembly, deployed on this laptop and served until it is closed. */
public final class LaptopCloud implements Closeable {
    private static final String TABLE = "AWS::DynamoDB::Table";

    private final Options options;
    private final CloudAssembly assembly;
    private final Pseudo pseudo;
    private final Account account;
    private final Progress progress;
    private final CustomResources customResources;
    private final Journal journal = new Journal();
    private final List<DeployedStack> stacks = new CopyOnWriteArrayList<>();
    private final List<Omission> omissions = new CopyOnWriteArrayList<>();
    /** Closed in the reverse of the order in which they were opened. */
    private final Deque<Closeable> open = new ArrayDeque<>();
    /** Null until the door serves: functions are told its address. */
    private volatile Lambda lambda;
    private LoopbackServer doorServer;

    /**
     * How to run.
     *
     * @param assembly  the cloud assembly
     * @param work      directory for class archives and the file env
     * @param data      where data is kept between runs; empty for memory
     * @param apiPort   0 for a free one
     * @param doorPort  0 for a free one
     * @param processes the largest number of processes of one function
     * @param client    which client of the Runtime API the functions' processes run
     * @param receivers hosts with their ports to which webhooks may go besides the console's own
     */
    public record Options(Path assembly, Path work, Optional<Path> data, int apiPort, int doorPort, int processes,
                          String region, RuntimeClientKind client, List<String> receivers) {
        /** Makes options without receivers of webhooks but the console's own. */
        public Options(Path assembly, Path work, Optional<Path> data, int apiPort, int doorPort, int processes,
                       String region, RuntimeClientKind client) {
            this(assembly, work, data, apiPort, doorPort, processes, region, client, List.of());
        }

        public Options {
            receivers.stream().filter(receiver -> !receiver.matches("[A-Za-z0-9.-]+:\\d{1,5}")).findFirst()
                    .ifPresent(receiver -> {
                        throw new StartException("A receiver of webhooks is a host with its port, such as "
                                + "127.0.0.1:9000; --webhook-receiver says " + receiver + ".");
                    });
            receivers = List.copyOf(receivers);
            if (processes < 1) {
                throw new StartException("A function needs at least one process; --processes says " + processes + ".");
            }
            requirePort(apiPort, "--api-port");
            requirePort(doorPort, "--door-port");
        }

        private static void requirePort(int port, String flag) {
            if (port < 0 || port > 65_535) {
                throw new StartException("A port is a number from 0 to 65535; " + flag + " says " + port + ".");
            }
        }
    }

    /** Why the cloud did not start, in words for the person who started it. */
    public static final class StartException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StartException(String message) {
            super(message);
        }
    }

    private LaptopCloud(Options options, CloudAssembly assembly, Progress progress) {
        this.options = options;
        this.assembly = assembly;
        this.pseudo = assembly.pseudo(options.region());
        this.account = new Account(pseudo.accountId(), pseudo.region());
        this.progress = progress;
        this.customResources = new CustomResources(
                arn -> lambda.find(arn), () -> URI.create(doorServer.url()), pseudo::stackId);
    }

    /**
     * Deploys the assembly.
     *
     * @throws TemplateException when a template holds what the laptop cannot honour
     * @throws StartException    when something of this laptop is in the way
     */
    public static LaptopCloud start(Options options, Progress progress) throws IOException {
        LaptopCloud cloud = new LaptopCloud(options, CloudAssembly.read(options.assembly()), progress);
        try {
            cloud.deploy();
            return cloud;
        } catch (IOException | RuntimeException e) {
            cloud.closeQuietly();
            throw e;
        }
    }

    /** Makes the class archives of the functions where they are missing: once for each build and JVM. */
    public void makeArchives() {
        try {
            for (FunctionPool function : lambda.functions()) {
                if (!function.hasArchive()) {
                    Duration taken = function.makeArchive();
                    progress.step("Class archive of " + function.function().name() + " made in " + taken.toMillis() + " ms");
                }
            }
        } catch (IOException e) {
            throw new StartException("A class archive could not be made: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while making class archives");
        }
    }

    private void deploy() throws IOException {
        Files.createDirectories(options.work());
        if (options.data().isPresent()) {
            // The files in there have one writer.
            keep(DirectoryLock.take(options.data().get(), "Stop that one, or choose another --data."));
        }
        Installation installation = Installation.find();
        Deployment deployment = new Deployment(assembly, pseudo, DynamicReferences.REFUSED);
        Callers callers = new Callers();
        Faults faults = new Faults();
        Consumer<String> denials = denial -> progress.say("\nDENIED\n" + denial.indent(2));
        Door door = new Door(callers, faults, journal, denials);
        Console console = new Console(() -> stacks, this::functions, omissions, journal, faults);
        doorServer = keep(LoopbackServer.start("the AWS endpoint", "--door-port", options.doorPort(),
                exchange -> answer(exchange, door, console)));
        Set<String> types = deployment.plan().stream().map(PlannedResource::type).collect(Collectors.toSet());
        DataEngines engines = keep(new DataEngines(types, options.work().resolve("engines"), options.data(), progress));
        Optional<GateKeys> gateKeys = DataEngines.areNeeded(types)
                ? Optional.of(GateKeys.in(options.work().resolve("tls"))) : Optional.empty();
        Optional<SqsEngine> sqs = types.contains(Messaging.QUEUE)
                ? Optional.of(keep(SqsEngine.start(account.id(), account.region(), URI.create(doorServer.url()))))
                : Optional.empty();
        MetricCounts counts = new MetricCounts();
        MetricsView.addTo(console, counts);
        lambda = keep(new Lambda(
                new Lambda.Options(options.work().resolve("functions"), installation.functionRuntime(), options.processes(),
                        options.client(), processFlags(gateKeys)),
                doorServer.url(), account.region(), callers, (function, line) -> {
                    counts.read(function, line);
                    progress.line(function, line);
                }));
        IamResources iam = new IamResources(account, callers);
        Network network = new Network();
        door.standIn(network);
        FunctionResources functions = new FunctionResources(account, assembly.assets(pseudo), iam, lambda,
                new FunctionPlaces(account, callers, network));
        Secrets secrets = openSecrets();
        SecretResources secretResources = new SecretResources(secrets, functions, lambda);
        Rotations rotations = keep(new Rotations(secrets, secretResources::invokeRotation, Clock.systemUTC(),
                line -> progress.line("secrets", line)));
        door.openSecretsManager(secrets, rotations, secretResources::policyOf);
        SecretsView.addTo(console, secrets, rotations);
        Outbox outbox = new Outbox();
        door.openMail(account, outbox);
        MailView.addTo(console, outbox);
        new WebhookCatcher(Clock.systemUTC()).addTo(console);
        ApiResources apis = keep(new ApiResources(account, functions, lambda, journal, progress, options.apiPort()));
        Schedules schedules = keep(new Schedules(account.id(), account.region(), journal, line -> progress.line("schedule", line)));
        WorkView.addTo(console, schedules, journal);
        Map<String, Creator> creators = new TreeMap<>(Map.ofEntries(
                Map.entry("AWS::IAM::Role", iam::createRole),
                Map.entry("AWS::IAM::ManagedPolicy", iam::createManagedPolicy),
                Map.entry("AWS::IAM::Policy", iam::createPolicy),
                Map.entry("AWS::Lambda::Function", functions::createFunction),
                Map.entry("AWS::Lambda::Version", functions::createVersion),
                Map.entry("AWS::Lambda::Alias", functions::createAlias),
                Map.entry("AWS::Lambda::Permission", functions::createPermission),
                Map.entry("AWS::Events::Rule", new ScheduleResources(account, functions, schedules)::createRule),
                Map.entry("AWS::ApiGatewayV2::Api", apis::createApi),
                Map.entry("AWS::ApiGatewayV2::Stage", apis::createStage),
                Map.entry("AWS::ApiGatewayV2::Integration", apis::createIntegration),
                Map.entry("AWS::ApiGatewayV2::Authorizer", apis::createAuthorizer),
                Map.entry("AWS::ApiGatewayV2::Route", apis::createRoute)));
        creators.putAll(new NetworkResources(network).creators());
        creators.putAll(secretResources.creators());
        creators.putAll(new MailResources(outbox).creators());
        if (gateKeys.isPresent()) {
            SignIns signIns = new SignIns(account, callers, network, journal, denials, Clock.systemUTC());
            creators.putAll(new DatabaseResources(account, engines, signIns, gateKeys.get(), secrets).creators());
            creators.putAll(new CacheResources(account, engines, signIns, gateKeys.get()).creators());
            EnginesView.addTo(console, engines::gates);
        }
        Map<String, ResourceKind> kinds = new TreeMap<>();
        TemplateFiles templates = place -> Optional.empty();
        if (types.contains(TABLE)) {
            DynamoDbEngine dynamoDb = startDynamoDb(installation);
            door.openDynamoDb(account, dynamoDb.url());
            TableResources tables = new TableResources(account, new DynamoDbTables(dynamoDb.url()));
            creators.put(TABLE, tables::createTable);
            kinds.put(TABLE, tables.kind());
        }
        if (types.contains(BucketResources.BUCKET)) {
            S3Engine s3 = keep(S3Engine.start(options.data().map(data -> data.resolve("s3"))));
            progress.step("S3Proxy serves");
            BucketResources buckets = new BucketResources(account, s3);
            door.openS3(s3.url(), buckets::policyOf, buckets::corsOf);
            BucketsView.addTo(console, buckets.engine(), buckets::constructPaths);
            creators.putAll(buckets.creators());
            BucketKinds bucketKinds = new BucketKinds(buckets);
            kinds.putAll(bucketKinds.kinds());
            templates = bucketKinds;
        }
        Optional<Messaging> messaging = sqs.map(engine ->
                keep(Messaging.over(engine, account, door, functions, iam, journal, progress)));
        messaging.ifPresent(parts -> creators.putAll(parts.creators()));
        messaging.ifPresent(parts -> kinds.putAll(parts.kinds()));
        messaging.ifPresent(parts -> WorkView.addTo(console, parts.queues()));
        messaging.ifPresent(parts -> {
            QueueMetrics metrics = keep(new QueueMetrics(parts.queues(), Clock.systemUTC()));
            metrics.start();
            door.openCloudWatch(metrics);
        });
        Texts texts = new Texts();
        Topics topics = keep(new Topics(outbox, texts, messaging.map(Messaging::delivery).orElse(TopicToQueue.NONE),
                URI.create(doorServer.url()), Clock.systemUTC()));
        TopicResources topicResources = new TopicResources(account, topics);
        creators.putAll(topicResources.creators());
        kinds.putAll(topicResources.kinds());
        door.openSns(account, topics, topicResources::policyOf);
        NotificationsView.addTo(console, topics, texts);
        Stacks deployed = keep(new Stacks(pseudo, kinds, new RoleAuthority(iam, journal, denials), Clock.systemUTC()));
        door.openCloudFormation(account, () -> stacks, deployed, templates);
        StacksView.addTo(console, deployed);
        stacks.addAll(deployment.deploy(resource -> create(resource, creators)));
        secretResources.rotateAtOnce(rotations, progress);
        rotations.followSchedules();
        messaging.ifPresent(Messaging::start);
        schedules.start();
        stacks.forEach(stack -> progress.step(stack.name() + " holds " + stack.resources().size() + " resources"));
    }

    /** Creates the resources of one type. */
    interface Creator {
        CreatedResource create(ResourceDefinition resource);
    }

    private CreatedResource create(ResourceDefinition resource, Map<String, Creator> creators) {
        Creator creator = CustomResources.isCustom(resource.type()) ? customResources::create : creators.get(resource.type());
        if (creator != null) {
            CreatedResource created = creator.create(resource);
            resource.properties().ignored().forEach((pointer, reason) -> omissions.add(new Omission(
                    resource.type() + " " + pointer.replaceFirst(".*/Properties/", ""), resource.constructPath(), reason)));
            return created;
        }
        String reason = WithoutEffect.TYPES.get(resource.type());
        if (reason == null) {
            throw resource.refuse("a resource of type " + resource.type(), "the types " + creators.keySet()
                    + ", and without effect " + new TreeSet<>(WithoutEffect.TYPES.keySet()));
        }
        resource.properties().ignoredRest(reason);
        omissions.add(new Omission(resource.type(), resource.constructPath(), reason));
        return WithoutEffect.standIn(resource, account);
    }

    /**
     * Returns what the JVM of a function is told of the laptop: whom it trusts, and which addresses webhooks may go to
     * though they are inside of it. A template cannot say the latter, so no deployment on AWS can have it.
     */
    private List<String> processFlags(Optional<GateKeys> gateKeys) {
        List<String> flags = new ArrayList<>(gateKeys.map(GateKeys::trustFlags).orElse(List.of()));
        List<String> receivers = new ArrayList<>(List.of(URI.create(doorServer.url()).getAuthority()));
        receivers.addAll(options.receivers());
        flags.add("-Dplinth.webhooks.receivers=" + String.join(",", receivers));
        return flags;
    }

    private DynamoDbEngine startDynamoDb(Installation installation) throws IOException {
        Optional<Path> directory = options.data().map(data -> data.resolve("dynamodb"));
        DynamoDbEngine engine = keep(DynamoDbEngine.start(installation.nativeLibraries(), directory));
        progress.step("DynamoDB Local serves");
        return engine;
    }

    private Secrets openSecrets() throws IOException {
        String arnPrefix = account.arn("secretsmanager", "secret:");
        return options.data().isEmpty() ? Secrets.inMemory(arnPrefix, Clock.systemUTC())
                : Secrets.in(options.data().get().resolve("secrets.json"), arnPrefix, Clock.systemUTC());
    }

    private Collection<FunctionPool> functions() {
        return lambda == null ? List.of() : lambda.functions();
    }

    private void answer(Exchange exchange, Door door, Console console) throws IOException, InterruptedException {
        if (exchange.rawPath().startsWith(Console.PATH)) {
            console.answer(exchange);
        } else if (exchange.rawPath().startsWith(CustomResources.PATH)) {
            customResources.answer(exchange);
        } else {
            door.answer(exchange);
        }
    }

    private <T extends Closeable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    public Lambda lambda() {
        return lambda;
    }

    /** Returns every output, and what an SDK needs to reach the door, as a file that a POSIX shell can source. */
    public String shellVariables() {
        Map<String, String> variables = new TreeMap<>();
        outputs().forEach((stack, output) -> variables.put(variable(output.key()), output.value()));
        Credentials operator = Callers.OPERATOR;
        variables.put("AWS_ENDPOINT_URL", doorServer.url());
        variables.put("CONSOLE_URL", doorServer.url() + Console.PATH);
        variables.put("AWS_REGION", account.region());
        // The AWS CLI knows this name alone.
        variables.put("AWS_DEFAULT_REGION", account.region());
        variables.put("AWS_ACCESS_KEY_ID", operator.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", operator.secretAccessKey());
        StringBuilder file = new StringBuilder();
        variables.forEach((name, value) ->
                file.append("export ").append(name).append("='").append(value.replace("'", "'\\''")).append("'\n"));
        return file.toString();
    }

    /** Goes through the outputs that people gave names to; those by which the CDK links stacks are left out. */
    private Outputs outputs() {
        return action -> stacks.forEach(stack -> stack.outputs().stream()
                .filter(output -> !output.key().matches("(Exports|Publish)Output.+"))
                .forEach(output -> action.accept(stack.name(), output)));
    }

    private interface Outputs {
        void forEach(BiConsumer<String, DeployedStack.Output> action);
    }

    /** Turns an output key into a variable's name, for example {@code ApiUrl} into {@code API_URL}. */
    private static String variable(String outputKey) {
        return outputKey.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** Tells the person at the laptop that the cloud serves, and where. */
    public void announce(Path env) {
        progress.say("\nWithout effect on this laptop (each place is on the console page)");
        new TreeSet<>(omissions.stream().map(omission -> omission.what() + ": " + omission.reason()).toList())
                .forEach(line -> progress.say("  " + line));
        progress.say("\nOutputs");
        outputs().forEach((stack, output) -> progress.say("  %s.%s = %s".formatted(stack, output.key(), output.value())));
        progress.say("\nAWS endpoint  " + doorServer.url() + "  (the API of AWS's services; credentials in " + env + ")");
        progress.say("Console       " + doorServer.url() + Console.PATH);
        progress.say("In another terminal:  . " + env);
        progress.step("Ready. Ctrl-C ends it.");
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            progress.say("While closing: " + e);
        }
    }
}
