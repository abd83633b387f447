package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.lambda.DeploymentHandler;
import dev.plinth.local.lambda.ObedientHandler;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets and rotations, from the template to the value. */
class SecretResourcesTest {
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
    void makesTheValueThatTheTemplateAsksFor() throws Exception {
        cloud.deploy(secret("\"Name\": \"a\", \"SecretString\": \"given\"") + ","
                + secret("\"Name\": \"b\", \"GenerateSecretString\": {}")
                .replace("\"Secret\":", "\"B\":") + "," + secret("""
                "Name": "c", "GenerateSecretString": {"SecretStringTemplate": "{\\"username\\":\\"plinth\\"}",
                 "GenerateStringKey": "password", "PasswordLength": 40, "ExcludePunctuation": true}""").replace("\"Secret\":", "\"C\":")
                + "," + secret("\"Name\": \"d\"").replace("\"Secret\":", "\"D\":"));

        Secrets secrets = cloud.secrets();
        assertThat(secrets.currentText("a")).isEqualTo("given");
        assertThat(secrets.currentText("b")).hasSize(32);
        assertThat(secrets.currentText("c")).matches("\\{\"username\":\"plinth\",\"password\":\"[A-Za-z0-9]{40}\"}");
        assertThat(secrets.view("d").versions()).isEmpty();
        assertThat(secrets.view("a").description()).hasValue("signs");
    }

    @Test
    void takesAPolicyThatDeniesAndNoOther() throws Exception {
        String policy = """
                , "Policy": {"Type": "AWS::SecretsManager::ResourcePolicy", "Properties": {"SecretId": {"Ref": "Secret"},
                  "BlockPublicPolicy": true, "ResourcePolicy": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
                  "Principal": {"AWS": "*"}, "Action": "secretsmanager:PutSecretValue", "Resource": "*"}]}}}""";
        assertThatThrownBy(() -> cloud.deploy(secret("\"Name\": \"a\"") + policy.replace("Deny", "Allow")))
                .hasMessageContaining("roles are allowed by their own policies");

        cloud.deploy(rotated() + policy);

        assertThat(cloud.policyOf(cloud.secrets().views().get(1).arn())).isPresent();
        assertThat(cloud.policyOf("arn:other")).isEmpty();
    }

    @Test
    void invokesTheRotationFunctionBeforeTheCloudIsReady() throws Exception {
        cloud.deploy(rotated());

        cloud.rotateAtOnce();

        Secrets.View secret = cloud.secrets().views().get(0);
        assertThat(cloud.secrets().currentText(secret.arn())).isEqualTo("made by the function");
        assertThat(secret.rotation().orElseThrow().every()).isEqualTo(Duration.ofDays(30));
        assertThat(cloud.printed()).contains("The first rotation of " + secret.name() + " succeeded");
        cloud.rotateAtOnce();
        assertThat(cloud.secrets().view(secret.arn()).rotated()).isEqualTo(cloud.secrets().views().get(0).rotated());
        assertThat(cloud.secrets().view(secret.arn()).versions()).hasSize(2);
    }

    @Test
    void stopsTheStartWhenTheFirstRotationFails() throws Exception {
        cloud.deploy(rotated().replace(DeploymentHandler.class.getName(), ObedientHandler.class.getName()));

        assertThatThrownBy(cloud::rotateAtOnce).isInstanceOf(LaptopCloud.StartException.class)
                .hasMessageContaining("Shop/Schedule/Resource")
                .hasMessageContaining("is not the one labelled AWSCURRENT");
    }

    @ParameterizedTest
    @CsvSource({"secretsmanager.amazonaws.com, events.amazonaws.com", "secret:*, secret:other"})
    void rotatesNothingWithoutAPermissionForSecretsManager(String right, String wrong) throws Exception {
        cloud.deploy(replace(right, wrong));

        assertThatThrownBy(cloud::rotateAtOnce).isInstanceOf(LaptopCloud.StartException.class)
                .hasMessageContaining("No AWS::Lambda::Permission lets secretsmanager.amazonaws.com invoke");
    }

    @Test
    void rotatesNothingAtOnceThatIsToWaitForItsSchedule() throws Exception {
        cloud.deploy(replace("\"AutomaticallyAfterDays\": 30}", "\"ScheduleExpression\": \"rate(4 hours)\"}, "
                + "\"RotateImmediatelyOnUpdate\": false"));

        cloud.rotateAtOnce();

        assertThat(cloud.secrets().views().get(0).versions()).hasSize(1);
        assertThat(cloud.secrets().views().get(0).rotation().orElseThrow().every()).isEqualTo(Duration.ofHours(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"RotationLambdaARN\": {\"Fn::GetAtt\": [\"Function\", \"Arn\"]} | \"RotationLambdaARN\": \"arn:x\" | a function of these templates",
        "\"AutomaticallyAfterDays\": 30 | \"ScheduleExpression\": \"cron(0 1 * * ? *)\" | rate(N hours)",
        "\"SecretId\": {\"Ref\": \"Secret\"} | \"SecretId\": \"arn:x\" | a secret of these templates",
        "\"RotationRules\" | \"HostedRotationLambda\": {}, \"RotationRules\" | RotationLambdaARN",
        "\"GenerateSecretString\": {} | \"GenerateSecretString\": {}, \"SecretString\": \"x\" | either SecretString",
        "\"GenerateSecretString\": {} | \"GenerateSecretString\": {\"PasswordLength\": 5000} | No password has 5000",
        "\"GenerateSecretString\": {} | \"GenerateSecretString\": {\"GenerateStringKey\": \"p\"} | together, or neither"})
    void refusesWhatItCannotHonour(String right, String wrong, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(supported);
    }

    private String replace(String right, String wrong) {
        assertThat(rotated()).contains(right);
        return rotated().replace(right, wrong);
    }

    private static String secret(String properties) {
        return "\"Secret\": {\"Type\": \"AWS::SecretsManager::Secret\", \"Properties\": {\"Description\": \"signs\", "
                + properties + "}}";
    }

    private String rotated() {
        return secret("\"GenerateSecretString\": {}") + """
                , "Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": %s}},
                "Function": {"Type": "AWS::Lambda::Function", "Properties": {
                  "Code": {"S3Bucket": "assets", "S3Key": "handler.jar"}, "Handler": "%s", "Runtime": "java25",
                  "Timeout": 30, "Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Environment": {"Variables": {"DOOR": "%s"}}}},
                "Permission": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction",
                  "FunctionName": {"Fn::GetAtt": ["Function", "Arn"]}, "Principal": "secretsmanager.amazonaws.com",
                  "SourceArn": "arn:aws:secretsmanager:eu-west-1:000000000000:secret:*"}},
                "Schedule": {"Type": "AWS::SecretsManager::RotationSchedule", "Metadata": {"aws:cdk:path": "Shop/Schedule/Resource"},
                  "Properties": {"SecretId": {"Ref": "Secret"}, "RotationLambdaARN": {"Fn::GetAtt": ["Function", "Arn"]},
                  "RotationRules": {"AutomaticallyAfterDays": 30}}}"""
                .formatted(TestCloud.LAMBDA_TRUST, DeploymentHandler.class.getName(), cloud.doorUrl());
    }
}
