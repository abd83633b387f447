package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.ObedientHandler;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions and the APIs in front of them, from the template to the answer. */
class ApiResourcesTest {
    private static final String SOURCE = "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/things";

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
    void servesARouteByTheAliasOfAFunction() throws Exception {
        cloud.deploy(TEMPLATE);

        HttpResponse<String> answer = post();

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("https://shop.example");
        assertThat(cloud.printed()).contains("api | access POST /things 201");
        FunctionDefinition function = cloud.lambda().functions().iterator().next().function();
        assertThat(function.memory()).isEqualTo(96);
        assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(function.environment()).isEqualTo(Map.of("COLOUR", "red"));
        assertThat(function.snapStart()).isTrue();
        assertThat(function.roleName()).startsWith("Shop-Role-");
        assertThat(function.arn()).startsWith("arn:aws:lambda:eu-west-1:000000000000:function:Shop-Function-");
    }

    @ParameterizedTest
    @CsvSource({"apigateway.amazonaws.com, events.amazonaws.com", "*/*/things, */*/thing", "${Api}/*, other/*"})
    void answersAnInternalErrorWithoutAPermissionForTheRoute(String right, String wrong) throws Exception {
        cloud.deploy(replace(right, wrong));

        assertThat(post().statusCode()).isEqualTo(500);
        assertThat(cloud.printed()).contains("No AWS::Lambda::Permission lets API Gateway invoke", "for POST /things");
    }

    @Test
    void asksTheAuthorizerOfAClosedRoute() throws Exception {
        cloud.deploy(replace("\"NONE\"", "\"CUSTOM\", \"AuthorizerId\": {\"Ref\": \"Authorizer\"}"));

        assertThat(post().statusCode()).isEqualTo(401);
        // What an authorizer of no good answers; it has been asked.
        assertThat(post("Authorization", "x").statusCode()).isEqualTo(500);
        assertThat(cloud.printed()).contains("The authorizer Shop-Function-");
    }

    @Test
    void answersAnInternalErrorWithoutAPermissionForTheAuthorizer() throws Exception {
        cloud.deploy(replace("\"NONE\"", "\"CUSTOM\", \"AuthorizerId\": {\"Ref\": \"Authorizer\"}")
                .replace("/authorizers/${Authorizer}", "/authorizers/other"));

        assertThat(post("Authorization", "x").statusCode()).isEqualTo(500);
        assertThat(cloud.printed()).contains("No AWS::Lambda::Permission lets API Gateway invoke the authorizer");
    }

    @Test
    void throttlesAsTheStageSays() throws Exception {
        cloud.deploy(replace("\"ThrottlingBurstLimit\": 5", "\"ThrottlingBurstLimit\": 0"));

        assertThat(post().statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "lambda.amazonaws.com | ecs-tasks.amazonaws.com | Role | a role of these templates that trusts lambda.amazonaws.com",
        "\"S3Key\": \"handler.jar\" | \"S3Key\": \"other.jar\" | Code | an asset of this assembly",
        "\"Runtime\": \"java25\" | \"Runtime\": \"nodejs20.x\" | Runtime | java17, java21, java25",
        "\"POST /things\" | \"$default\" | RouteKey | catch-all",
        "\"POST /things\" | \"GET /{proxy+}\" | RouteKey | catch-all",
        "\"PayloadFormatVersion\": \"2.0\", | ~~ | PayloadFormatVersion | 2.0",
        "\"AuthorizationType\": \"NONE\" | \"AuthorizationType\": \"JWT\" | AuthorizationType | NONE, CUSTOM",
        "\"AuthorizationType\": \"NONE\" | \"AuthorizationType\": \"AWS_IAM\" | AuthorizationType | NONE, CUSTOM",
        "\"AuthorizationType\": \"NONE\" | \"AuthorizationType\": \"CUSTOM\", \"AuthorizerId\": \"x\" | AuthorizerId | an authorizer of these",
        "\"AuthorizerType\": \"REQUEST\" | \"AuthorizerType\": \"JWT\" | AuthorizerType | REQUEST",
        "\"EnableSimpleResponses\": true | \"EnableSimpleResponses\": false | EnableSimpleResponses | true",
        "\"AuthorizerPayloadFormatVersion\": \"2.0\" | \"AuthorizerPayloadFormatVersion\": \"1.0\" | AuthorizerPayloadFormatVersion | 2.0",
        "\"AuthorizerResultTtlInSeconds\": 10, | ~~ | AuthorizerResultTtlInSeconds | required",
        "\"AuthorizerResultTtlInSeconds\": 10 | \"AuthorizerResultTtlInSeconds\": 3601 | AuthorizerResultTtlInSeconds | 0 to 3600",
        "[\"$request.header.Authorization\"] | [] | IdentitySource | one source or more",
        "$request.header.Authorization | $stageVariables.a | IdentitySource | $request.header.NAME",
        "functions/${Alias}/invocations | functions/other/invocations | AuthorizerUri | a function of these templates",
        "\"StageName\": \"$default\" | \"StageName\": \"dev\" | StageName | $default",
        "{\"Ref\": \"Alias\"} | \"arn:aws:lambda:eu-west-1:000000000000:function:other\" | IntegrationUri | a function of these templates",
        "\"MemorySize\" | \"Layers\": [], \"MemorySize\" | Layers | MemorySize"})
    void refusesWhatItCannotHonour(String right, String wrong, String property, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(property).hasMessageContaining(supported);
    }

    private static String replace(String right, String wrong) {
        assertThat(TEMPLATE).contains(right);
        return TEMPLATE.replace(right, wrong);
    }

    /** The body is what the function returns. */
    private HttpResponse<String> post(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.apiUrl() + "/things"));
        return HttpClient.newHttpClient().send((headers.length == 0 ? request : request.headers(headers))
                .header("Content-Type", "application/octet-stream").header("Origin", "https://shop.example")
                .POST(HttpRequest.BodyPublishers.ofString("{\"statusCode\": 201}")).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final String TEMPLATE = """
            "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": %s}},
            "Function": {"Type": "AWS::Lambda::Function", "Properties": {
              "Code": {"S3Bucket": "assets", "S3Key": "handler.jar"}, "Handler": "%s", "Runtime": "java25", "MemorySize": 96,
              "Timeout": 9, "Role": {"Fn::GetAtt": ["Role", "Arn"]}, "SnapStart": {"ApplyOn": "PublishedVersions"},
              "Environment": {"Variables": {"COLOUR": "red"}}}},
            "Version": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Function"}}},
            "Alias": {"Type": "AWS::Lambda::Alias", "Properties": {"FunctionName": {"Ref": "Function"}, "Name": "live",
              "FunctionVersion": {"Fn::GetAtt": ["Version", "Version"]}}},
            "Permission": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction",
              "FunctionName": {"Ref": "Alias"}, "Principal": "apigateway.amazonaws.com", "SourceArn": {"Fn::Sub": "%s"}}},
            "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "shop", "ProtocolType": "HTTP",
              "CorsConfiguration": {"AllowOrigins": ["https://shop.example"], "AllowMethods": ["POST"]}}},
            "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default",
              "DefaultRouteSettings": {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 5},
              "AccessLogSettings": {"DestinationArn": "arn", "Format": "$context.routeKey $context.status"}}},
            "Integration": {"Type": "AWS::ApiGatewayV2::Integration", "Properties": {"ApiId": {"Ref": "Api"},
              "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0", "IntegrationUri": {"Ref": "Alias"}}},
            "Authorizer": {"Type": "AWS::ApiGatewayV2::Authorizer", "Properties": {"ApiId": {"Ref": "Api"}, "Name": "callers",
              "AuthorizerType": "REQUEST", "AuthorizerPayloadFormatVersion": "2.0", "EnableSimpleResponses": true,
              "AuthorizerResultTtlInSeconds": 10, "IdentitySource": ["$request.header.Authorization"], "AuthorizerUri":
              {"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Alias}/invocations"}}},
            "AuthorizerPermission": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction",
              "FunctionName": {"Ref": "Alias"}, "Principal": "apigateway.amazonaws.com", "SourceArn":
              {"Fn::Sub": "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/authorizers/${Authorizer}"}}},
            "Route": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"ApiId": {"Ref": "Api"}, "RouteKey": "POST /things",
              "AuthorizationType": "NONE", "Target": {"Fn::Sub": "integrations/${Integration}"}}}"""
            .formatted(TestCloud.LAMBDA_TRUST, ObedientHandler.class.getName(), SOURCE);
}
