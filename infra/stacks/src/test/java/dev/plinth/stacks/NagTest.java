package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import dev.plinth.contract.Trigger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** The rules of cdk-nag's AwsSolutions pack, which every synthesis of the tests runs. */
class NagTest {
    /** Their functions are inside the network. */
    private static final Set<Service> INSIDE = Set.of(Service.IDENTITY, Service.DASHBOARD, Service.IDENTITY_WORKER,
            Service.OUTBOX_RELAY, Service.MIGRATIONS);

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void findsNothingThatNoReviewAccepted(String stage) {
        assertThat(Synthesis.of(stage).report().path("pluginReports")).isEmpty();
    }

    @Test
    void findsWhatIsUnprotected() {
        assertThat(Synthesis.findings(app -> {
            Stack stack = new Stack(app, "Sample");
            Table.Builder.create(stack, "Table")
                    .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build()).build();
            CfnRoute.Builder.create(stack, "Route").apiId("api").routeKey("GET /").authorizationType("NONE").build();
            Role.Builder.create(stack, "Role").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build()
                    .addToPolicy(PolicyStatement.Builder.create()
                            .actions(List.of("dynamodb:Query")).resources(List.of("*")).build());
        })).containsExactlyInAnyOrderEntriesOf(Map.of(
                "Sample/Table/Resource", "AwsSolutions-DDB3",
                "Sample/Route", "AwsSolutions-APIG4",
                "Sample/Role/DefaultPolicy/Resource", "AwsSolutions-IAM5[Resource::*]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void acceptsTheListedFindingsOnly(String stage) {
        String runtime = "/" + StackId.RUNTIME.nameIn(stage);
        String database = "/" + StackId.DATABASE.nameIn(stage);
        boolean dev = stage.equals("dev");
        Map<String, String> expected = new HashMap<>();
        Arrays.stream(Service.values()).forEach(service -> {
            String function = (service == Service.MIGRATIONS ? database + "/Migrations" : runtime) + "/"
                    + service.environment();
            expected.put(function + "/Role", "Annotation::AwsSolutions-IAM5[Resource::*]"
                    + (INSIDE.contains(service) ? ", Annotation::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:"
                            + "<AWS::Region>:<AWS::AccountId>:*/*]" : ""));
            if (service.trigger() == Trigger.HTTP || service.trigger() == Trigger.AUTHORIZER) {
                expected.put(function + "/Function", "Annotation::@aws-cdk/aws-lambda:snapStartRequirePublish");
            }
            service.routes().stream().filter(route -> route.access().open()).forEach(route -> expected.put(
                    runtime + "/Api/" + route.method() + route.path().replace('/', '-'),
                    "Annotation::AwsSolutions-APIG4"));
        });
        expected.put(database + "/Postgres/Instance",
                (dev ? "Annotation::AwsSolutions-RDS10, " : "") + "Annotation::AwsSolutions-RDS11"
                + (dev ? ", Annotation::AwsSolutions-RDS3" : ""));
        expected.put("/" + StackId.TABLES.nameIn(stage) + "/RateLimits/Table", "Annotation::AwsSolutions-DDB3");
        expected.put("/" + StackId.STORAGE.nameIn(stage) + "/Artifacts/Bucket", "Annotation::AwsSolutions-S1");
        expected.put(runtime + "/Deployments/Role", Stream.of(
                        "dynamodb:<AWS::Region>:<AWS::AccountId>:table/", "s3:::",
                        "sns:<AWS::Region>:<AWS::AccountId>:", "sqs:<AWS::Region>:<AWS::AccountId>:")
                .map(resource -> onResource("arn:<AWS::Partition>:" + resource + "plinth-" + stage + "-stacks-*"))
                .collect(Collectors.joining(", ")));
        String bucket = StackId.STORAGE.nameIn(stage) + ":ExportsOutputFnGetAttArtifactsBucket88671897Arn65502B7F/";
        Map.of(Service.STUDIO, Stream.of(bucket + "archives/*", bucket + "diagrams/*"),
                Service.GENERATION_WORKER,
                Stream.of(bucket + "archives/*", bucket + "diagrams/*", bucket + "templates/*"),
                Service.DEPLOYMENT_WORKER, Stream.of(bucket + "templates/*",
                        "arn:<AWS::Partition>:cloudformation:<AWS::Region>:<AWS::AccountId>:stack/plinth-" + stage
                                + "-stacks-*/*"))
                .forEach((service, resources) -> expected.compute(runtime + "/" + service.environment() + "/Role",
                        (role, others) -> Stream.concat(Stream.of(others), resources.map(NagTest::onResource)).sorted()
                                .collect(Collectors.joining(", "))));
        expected.put("/" + StackId.CACHE.nameIn(stage) + "/Valkey/Group",
                (dev ? "Annotation::AwsSolutions-AEC4, " : "")
                        + "Annotation::AwsSolutions-AEC5, Annotation::AwsSolutions-AEC6");

        Map<String, String> accepted = Arrays.stream(StackId.values())
                .flatMap(stack -> Synthesis.of(stage).metadata(stack).properties().stream())
                .filter(construct -> !accepted(construct.getValue()).isEmpty())
                .collect(Collectors.toMap(Map.Entry::getKey, construct -> accepted(construct.getValue())));

        assertThat(accepted).isEqualTo(expected);
    }

    private static String onResource(String resource) {
        return "Annotation::AwsSolutions-IAM5[Resource::" + resource + "]";
    }

    private static String accepted(JsonNode metadata) {
        return Synthesis.elements(metadata)
                .filter(entry -> entry.path("type").asText().equals("aws:cdk:acknowledged-rules"))
                .flatMap(entry -> entry.path("data").properties().stream())
                .map(Map.Entry::getKey).sorted().collect(Collectors.joining(", "));
    }
}
