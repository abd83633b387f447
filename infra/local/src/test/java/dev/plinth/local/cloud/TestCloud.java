package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.door.Door;
import dev.plinth.local.door.Faults;
import dev.plinth.local.door.TemplateFiles;
import dev.plinth.local.engine.DynamoDbEngine;
import dev.plinth.local.engine.DynamoDbTables;
import dev.plinth.local.engine.S3Engine;
import dev.plinth.local.engine.SqsEngine;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.mail.Texts;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.network.Network;
import dev.plinth.local.schedule.Schedules;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.stack.Stacks;
import dev.plinth.local.template.Assemblies;
import dev.plinth.local.template.CloudAssembly;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.Deployment;
import dev.plinth.local.template.DynamicReferences;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.ResourceDefinition;
import dev.plinth.local.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Deploys templates, with a door in front of CloudFormation and Secrets Manager. */
final class TestCloud implements Closeable {
    static final String LAMBDA_TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": "lambda.amazonaws.com"}}]}""";

    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final Pseudo PSEUDO = Pseudo.local("eu-west-1");
    private static final Account ACCOUNT = new Account(PSEUDO.accountId(), PSEUDO.region());

    private final Path directory;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Callers callers = new Callers();
    private final Network network = new Network();
    private final Lambda lambda;
    private final IamResources iam = new IamResources(ACCOUNT, callers);
    private final Secrets secrets = Secrets.inMemory(ACCOUNT.arn("secretsmanager", "secret:"), Clock.systemUTC());
    private final Outbox outbox = new Outbox();
    private final CustomResources customResources;
    private final Journal journal = new Journal();
    private final Schedules schedules = new Schedules(ACCOUNT.id(), ACCOUNT.region(), journal, line -> { });
    private final Door services;
    private final LoopbackServer door;
    private final Rotations rotations;
    private SecretResources secretResources;
    private SqsEngine sqs;
    private DynamoDbEngine dynamoDb;
    private Stacks stacks;
    private Messaging messaging;
    private S3Engine s3;
    private BucketResources buckets;
    private Topics topics;
    private TopicResources topicResources;
    private ApiResources apis;
    private String apiUrl;

    TestCloud(Path directory) throws IOException {
        this.directory = directory;
        this.lambda = Functions.host(directory, 1, (function, line) -> { });
        this.rotations = new Rotations(secrets, (function, secret, event) ->
                secretResources.invokeRotation(function, secret, event), Clock.systemUTC(), line -> { });
        this.customResources = new CustomResources(lambda::find, () -> URI.create(doorUrl()), PSEUDO::stackId);
        services = new Door(callers, new Faults(), journal, denial -> { });
        openCloudFormation(Map.of(), place -> Optional.empty());
        services.openSecretsManager(secrets, rotations, arn -> secretResources.policyOf(arn));
        this.door = LoopbackServer.start("a test", "(no flag)", 0, exchange -> {
            if (exchange.rawPath().startsWith(CustomResources.PATH)) {
                customResources.answer(exchange);
            } else {
                services.answer(exchange);
            }
        });
    }

    /** Deploys a stack named Shop; the asset at assets/handler.jar is the handler. */
    DeployedStack deploy(String resources) throws IOException {
        Functions.jar(directory);
        CloudAssembly assembly = Assemblies.in(directory).stack("Shop", "{\"Resources\": {" + resources + "}}")
                .file("Shop.assets.json", """
                        {"files": {"code": {"displayName": "Code", "source": {"path": "handler.jar", "packaging": "file"},
                         "destinations": {"here": {"bucketName": "assets", "objectKey": "handler.jar"}}}}}""")
                .artifact("Shop.assets", "{\"type\": \"cdk:asset-manifest\", \"properties\": {\"file\": \"Shop.assets.json\"}}")
                .read();
        FunctionResources functions = new FunctionResources(ACCOUNT, assembly.assets(PSEUDO), iam, lambda,
                new FunctionPlaces(ACCOUNT, callers, network));
        secretResources = new SecretResources(secrets, functions, lambda);
        Progress progress = new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8));
        apis = new ApiResources(ACCOUNT, functions, lambda, new Journal(), progress, 0);
        Map<String, LaptopCloud.Creator> creators = new TreeMap<>(Map.ofEntries(
                Map.entry("AWS::IAM::Role", iam::createRole),
                Map.entry("AWS::IAM::ManagedPolicy", iam::createManagedPolicy),
                Map.entry("AWS::IAM::Policy", iam::createPolicy),
                Map.entry("AWS::Lambda::Function", functions::createFunction),
                Map.entry("AWS::Lambda::Version", functions::createVersion),
                Map.entry("AWS::Lambda::Alias", functions::createAlias),
                Map.entry("AWS::Lambda::Permission", functions::createPermission),
                Map.entry("Custom::Thing", customResources::create),
                Map.entry("AWS::ApiGatewayV2::Api", this::createApi),
                Map.entry("AWS::ApiGatewayV2::Stage", apis::createStage),
                Map.entry("AWS::ApiGatewayV2::Integration", apis::createIntegration),
                Map.entry("AWS::ApiGatewayV2::Authorizer", apis::createAuthorizer),
                Map.entry("AWS::ApiGatewayV2::Route", apis::createRoute)));
        creators.putAll(secretResources.creators());
        creators.putAll(new MailResources(outbox).creators());
        creators.put("AWS::Events::Rule", new ScheduleResources(ACCOUNT, functions, schedules)::createRule);
        if (resources.contains(Messaging.QUEUE)) {
            sqs = SqsEngine.start(ACCOUNT.id(), ACCOUNT.region(), URI.create(door.url()));
            messaging = Messaging.over(sqs, ACCOUNT, services, functions, iam, journal, progress);
            creators.putAll(messaging.creators());
        }
        Map<String, ResourceKind> kinds = new TreeMap<>();
        TemplateFiles templates = place -> Optional.empty();
        if (resources.contains(BucketResources.BUCKET)) {
            s3 = S3Engine.start(Optional.empty());
            buckets = new BucketResources(ACCOUNT, s3);
            services.openS3(s3.url(), buckets::policyOf, buckets::corsOf);
            creators.putAll(buckets.creators());
            BucketKinds bucketKinds = new BucketKinds(buckets);
            kinds.putAll(bucketKinds.kinds());
            templates = bucketKinds;
        }
        if (resources.contains(TopicResources.TOPIC)) {
            topics = new Topics(outbox, new Texts(), messaging.delivery(), URI.create(door.url()), Clock.systemUTC());
            topicResources = new TopicResources(ACCOUNT, topics);
            services.openSns(ACCOUNT, topics, topicResources::policyOf);
            creators.putAll(topicResources.creators());
            kinds.putAll(topicResources.kinds());
        }
        if (messaging != null) {
            kinds.putAll(messaging.kinds());
        }
        if (resources.contains(TABLE)) {
            dynamoDb = DynamoDbEngine.start(Path.of("target/native"), Optional.empty());
            services.openDynamoDb(ACCOUNT, dynamoDb.url());
            TableResources tables = new TableResources(ACCOUNT, new DynamoDbTables(dynamoDb.url()));
            creators.put(TABLE, tables::createTable);
            kinds.put(TABLE, tables.kind());
        }
        openCloudFormation(kinds, templates);
        return new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED)
                .deploy(resource -> creators.get(resource.type()).create(resource)).get(0);
    }

    private void openCloudFormation(Map<String, ResourceKind> kinds, TemplateFiles templates) {
        stacks = new Stacks(PSEUDO, kinds, new RoleAuthority(iam, journal, denial -> { }), Clock.systemUTC());
        services.openCloudFormation(ACCOUNT, List::of, stacks, templates);
    }

    private CreatedResource createApi(ResourceDefinition resource) {
        CreatedResource api = apis.createApi(resource);
        apiUrl = api.attributes().get("ApiEndpoint");
        return api;
    }

    /** Runs the rotations that the templates want at once. */
    void rotateAtOnce() {
        secretResources.rotateAtOnce(rotations, new Progress(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    }

    Optional<Policy> policyOf(String secretArn) {
        return secretResources.policyOf(secretArn);
    }

    Messaging messaging() {
        return messaging;
    }

    BucketResources buckets() {
        return buckets;
    }

    Topics topics() {
        return topics;
    }

    TopicResources topicResources() {
        return topicResources;
    }

    Schedules schedules() {
        return schedules;
    }

    Journal journal() {
        return journal;
    }

    /** Returns the credentials of the role of a logical id. */
    Credentials credentials(String logicalId) {
        return callers.of(PhysicalNames.of("Shop", logicalId, 64));
    }

    Secrets secrets() {
        return secrets;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Returns the address of the door, where custom resources are answered too. */
    String doorUrl() {
        return door.url();
    }

    String apiUrl() {
        return apiUrl;
    }

    Lambda lambda() {
        return lambda;
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Whether the door lets a role describe a stack. */
    boolean mayDescribe(String role, String stack) throws IOException, InterruptedException {
        String key = callers.of(role).accessKeyId();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(door.url()))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/r/cloudformation/aws4_request")
                .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeStacks&StackName=" + stack)).build(),
                HttpResponse.BodyHandlers.ofString());
        // A stack that does not exist is a 400, after the permission has been granted.
        return answer.statusCode() == 400 && answer.body().contains("does not exist");
    }

    @Override
    public void close() throws IOException {
        if (topics != null) {
            topics.close();
        }
        if (messaging != null) {
            messaging.close();
        }
        if (apis != null) {
            apis.close();
        }
        stacks.close();
        rotations.close();
        door.close();
        lambda.close();
        if (sqs != null) {
            sqs.close();
        }
        if (dynamoDb != null) {
            dynamoDb.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }
}
