package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.lambda.DeploymentHandler;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Custom resources, whose function really runs while the stack is deployed. */
class CustomResourcesTest {
    private static final String SUCCESS = "\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"things-1\"";

    @TempDir
    private Path directory;

    private TestCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new TestCloud(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    @Test
    void sendsTheRequestOfCloudFormationAndTakesTheAnswer() throws Exception {
        DeployedStack stack = cloud.deploy(template(SUCCESS + ",\"Data\":{\"Event\":\"EVENT\",\"Count\":7}",
                ", \"Flag\": true, \"Numbers\": [1, {\"Half\": 0.5}]")
                + ", \"Identity\": {\"Type\": \"AWS::SES::EmailIdentity\","
                + "\"Properties\": {\"EmailIdentity\": {\"Fn::Join\": [\"-\", [{\"Ref\": \"Thing\"}, {\"Fn::GetAtt\": [\"Thing\","
                + " \"Count\"]}, {\"Fn::GetAtt\": [\"Thing\", \"Event\"]}]]}}}");

        String[] seen = physicalId(stack, "Identity").split("-", 4);
        assertThat(physicalId(stack, "Thing")).isEqualTo("things-1");
        assertThat(seen[2]).isEqualTo("7");
        JsonNode event = new ObjectMapper().readTree(Base64.getDecoder().decode(seen[3]));
        assertThat(event.path("RequestType").asText()).isEqualTo("Create");
        assertThat(event.path("ResourceType").asText()).isEqualTo("Custom::Thing");
        assertThat(event.path("LogicalResourceId").asText()).isEqualTo("Thing");
        assertThat(event.path("StackId").asText()).isEqualTo(stack.id());
        assertThat(event.at("/ResourceProperties/Flag")).hasToString("\"true\"");
        assertThat(event.at("/ResourceProperties/Numbers")).hasToString("[\"1\",{\"Half\":\"0.5\"}]");
        assertThat(event.at("/ResourceProperties/ServiceToken").asText()).contains(":function:Shop-Function-");
        assertThat(event.path("ResponseURL").asText()).matches(cloud.doorUrl() + "/_cloudformation/[0-9a-f]{64}");
        assertThat(put(event.path("ResponseURL").asText())).as("a second answer").isEqualTo(403);
    }

    @Test
    void takesNoAnswerThatNobodyWaitsFor() throws Exception {
        assertThat(put(cloud.doorUrl() + "/_cloudformation/" + "0".repeat(64))).isEqualTo(403);
        assertThat(put(cloud.doorUrl() + "/_cloudformation/")).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"Status\":\"FAILED\",\"Reason\":\"V2 does not apply\" | its function answered FAILED: V2 does not apply",
        "\"Status\":\"DONE\" | neither SUCCESS nor FAILED",
        "\"Status\":\"SUCCESS\" | has no PhysicalResourceId",
        "\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"x\",\"StackId\":\"other\" | instead of the request's",
        "\"Status\": | not JSON",
        "throw | could not be created: The handler failed: no schema (java.lang.IllegalStateException)",
        "exit | The process ended with status 3",
        "nothing | put nothing to the ResponseURL"})
    void stopsTheStartWithTheReason(String said, String reason) {
        assertThatThrownBy(() -> cloud.deploy(template(said, ""))).isInstanceOf(TemplateException.class)
                .hasMessageContaining("Shop/Thing/Resource").hasMessageContaining(reason);
    }

    @Test
    void refusesAnAnswerLongerThanCloudFormationTakes() {
        assertThatThrownBy(() ->
                cloud.deploy(template(SUCCESS + ",\"Data\":{\"Much\":\"" + "x".repeat(4096) + "\"}", "")))
                .isInstanceOf(TemplateException.class).hasMessageContaining("longer than 4096 bytes");
    }

    @Test
    void waitsNoLongerThanTheServiceTimeout() {
        assertThatThrownBy(() -> cloud.deploy(template("hang", ", \"ServiceTimeout\": 1")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no answer within its ServiceTimeout of 1 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"Fn::GetAtt\": [\"Function\", \"Arn\"]} | \"arn:aws:sns:eu-west-1:000000000000:topic\" | a function of these templates",
        "\"Service\": 1 | \"ServiceTimeout\": 3601 | from 1 to 3600 seconds"})
    void refusesWhatItCannotHonour(String right, String wrong, String supported) {
        String template = template(SUCCESS, ", \"Service\": 1");
        assertThat(template).contains(right);

        assertThatThrownBy(() -> cloud.deploy(template.replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(supported);
    }

    private static int put(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url))
                .PUT(BodyPublishers.ofString("{}")).build(), BodyHandlers.discarding()).statusCode();
    }

    private static String physicalId(DeployedStack stack, String logicalId) {
        return stack.resources().stream().filter(resource -> resource.logicalId().equals(logicalId))
                .findFirst().orElseThrow().physicalId();
    }

    private static String template(String said, String properties) {
        return """
                "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": %s}},
                "Function": {"Type": "AWS::Lambda::Function", "Properties": {
                  "Code": {"S3Bucket": "assets", "S3Key": "handler.jar"}, "Handler": "%s", "Runtime": "java25",
                  "Timeout": 30, "Role": {"Fn::GetAtt": ["Role", "Arn"]}}},
                "Thing": {"Type": "Custom::Thing", "Metadata": {"aws:cdk:path": "Shop/Thing/Resource"}, "Properties": {
                  "ServiceToken": {"Fn::GetAtt": ["Function", "Arn"]}, "Say": "%s"%s}}"""
                .formatted(TestCloud.LAMBDA_TRUST, DeploymentHandler.class.getName(),
                        Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8)), properties);
    }
}
