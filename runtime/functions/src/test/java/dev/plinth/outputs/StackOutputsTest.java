package dev.plinth.outputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;

/** Against a server that answers DescribeStacks as CloudFormation does: the Query protocol, answers in XML. */
class StackOutputsTest {
    private static final List<String> SDK_PROPERTIES =
            List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey", "plinth.stage");

    /** Outputs by stack; a stack that is not here does not exist. */
    private final Map<String, Map<String, String>> stacks = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean denied;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Map<String, String> form = Arrays
                    .stream(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0],
                            pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
            asked.add(form.get("Action") + " " + form.get("StackName"));
            boolean known = stacks.containsKey(form.get("StackName"));
            byte[] answer = (denied ? error("AccessDenied", "not authorized")
                    : known ? described(form.get("StackName"))
                    : error("ValidationError", "Stack with id " + form.get("StackName") + " does not exist"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(denied ? 403 : known ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        for (Setting setting : Setting.values()) {
            stacks.computeIfAbsent(setting.owner().nameIn("dev"), stack -> new LinkedHashMap<>())
                    .put(setting.outputKey(), "value of " + setting.outputKey());
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        SDK_PROPERTIES.forEach(System::clearProperty);
    }

    @Test
    void readsEverySettingAndAsksForEachStackOnce() {
        Map<Setting, String> settings = read("dev");

        assertThat(settings).containsOnlyKeys(Setting.values())
                .allSatisfy((setting, value) -> assertThat(value).isEqualTo("value of " + setting.outputKey()));
        assertThat(asked).containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                .map(setting -> "DescribeStacks " + setting.owner().nameIn("dev")).distinct().toList());
    }

    @Test
    void namesTheOutputThatIsMissing() {
        stacks.get(StackId.TABLES.nameIn("dev")).remove(Setting.ORDERS_TABLE_NAME.outputKey());

        assertThatThrownBy(() -> read("dev")).isInstanceOf(IllegalStateException.class).hasMessage(
                "The stage dev lacks the output OrdersTableName of the stack PlinthDevTables."
                        + " Deploy it first, or check the account and the region.");
    }

    @Test
    void namesEveryStackThatIsMissing() {
        assertThatThrownBy(() -> read("prod")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The stage prod lacks ")
                .hasMessageContaining("the stack PlinthProdTables")
                .hasMessageContaining("the stack PlinthProdRuntime");
    }

    @Test
    void doesNotTakeADenialForAMissingStack() {
        denied = true;

        assertThatThrownBy(() -> read("dev")).isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("not authorized");
    }

    @Test
    void givesEachSettingAsItsPropertyWhenAStageIsNamed() {
        useServer();
        System.setProperty("plinth.stage", "dev");

        try (ApplicationContext context = start(Map.of())) {
            for (Setting setting : Setting.values()) {
                assertThat(context.getProperty(setting.property(), String.class))
                        .as(setting.property()).contains("value of " + setting.outputKey());
            }
        }
    }

    @Test
    void yieldsToWhatTheProgramSays() {
        useServer();
        System.setProperty("plinth.stage", "dev");

        try (ApplicationContext context = start(Map.of(Setting.API_URL.property(), "http://127.0.0.1"))) {
            assertThat(context.getProperty(Setting.API_URL.property(), String.class)).contains("http://127.0.0.1");
        }
    }

    @Test
    void stopsTheStartOfAProgramWhoseStageIsNotDeployed() {
        useServer();
        System.setProperty("plinth.stage", "staging");

        assertThatThrownBy(() -> start(Map.of())).hasStackTraceContaining("the stack PlinthStagingTables");
    }

    @Test
    void asksNothingWhenNoStageIsNamed() {
        useServer();

        try (ApplicationContext context = start(Map.of())) {
            assertThat(context.containsProperty(Setting.API_URL.property())).isFalse();
        }
        assertThat(asked).isEmpty();
    }

    private static ApplicationContext start(Map<String, Object> properties) {
        return ApplicationContext.builder().deduceEnvironment(false).banner(false).properties(properties).start();
    }

    private void useServer() {
        System.setProperty("aws.endpointUrl", endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "key");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    private Map<Setting, String> read(String stage) {
        try (CloudFormationClient client = CloudFormationClient.builder()
                .endpointOverride(endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build()) {
            return new StackOutputs(client, stage).read();
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private String described(String stack) {
        String outputs = stacks.get(stack).entrySet().stream()
                .map(output -> "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                        .formatted(output.getKey(), output.getValue()))
                .collect(Collectors.joining());
        return """
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <DescribeStacksResult><Stacks><member>
                    <StackName>%s</StackName><StackStatus>CREATE_COMPLETE</StackStatus>
                    <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>%s</Outputs>
                  </member></Stacks></DescribeStacksResult>
                  <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
                </DescribeStacksResponse>""".formatted(stack, outputs);
    }

    private static String error(String code, String message) {
        return """
                <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
                  <Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId>
                </ErrorResponse>""".formatted(code, message);
    }
}
