package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a role of a template may do is asked at the door. */
class IamResourcesTest {
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
    void givesARoleItsInlineAttachedAndManagedPolicies() throws Exception {
        cloud.deploy(role("reader", "\"Policies\": [{\"PolicyName\": \"Inline\", \"PolicyDocument\": " + allow("One") + "}],"
                + "\"ManagedPolicyArns\": [{\"Ref\": \"Managed\"}],")
                + ", \"Managed\": {\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"PolicyDocument\": " + allow("Two") + "}}"
                + ", \"ByRole\": {\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"Roles\": [{\"Ref\": \"Role\"}],"
                + "\"PolicyDocument\": " + allow("Three") + "}}"
                + ", \"Attached\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"Roles\": [{\"Ref\": \"Role\"}],"
                + "\"PolicyName\": \"P\", \"PolicyDocument\": " + allow("Four") + "}}");

        for (String stack : new String[] {"One", "Two", "Three", "Four"}) {
            assertThat(cloud.mayDescribe("reader", stack)).as(stack).isTrue();
        }
        assertThat(cloud.mayDescribe("reader", "Five")).isFalse();
        assertThat(cloud.mayDescribe("nobody", "One")).isFalse();
    }

    @Test
    void limitsARoleByItsBoundaryAlsoAfterAPolicyWasAttached() throws Exception {
        cloud.deploy(role("bounded", "\"PermissionsBoundary\": {\"Ref\": \"Boundary\"},")
                + ", \"Boundary\": {\"Type\": \"AWS::IAM::ManagedPolicy\", \"Properties\": {\"PolicyDocument\": " + allow("One") + "}}"
                + ", \"Attached\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"Roles\": [{\"Ref\": \"Role\"}],"
                + "\"PolicyName\": \"P\", \"PolicyDocument\": " + allow("*") + "}}");

        assertThat(cloud.mayDescribe("bounded", "One")).isTrue();
        assertThat(cloud.mayDescribe("bounded", "Two")).isFalse();
    }

    @Test
    void refusesAManagedPolicyOfAwsSinceItsTextIsNotInTheTemplate() {
        assertThatThrownBy(() -> cloud.deploy(role("r", "\"ManagedPolicyArns\": [\"arn:aws:iam::aws:policy/ReadOnlyAccess\"],")))
                .isInstanceOf(TemplateException.class).hasMessageContaining("Shop/Role/Resource")
                .hasMessageContaining("ReadOnlyAccess").hasMessageContaining("managed policies of these templates");
        assertThatThrownBy(() -> cloud.deploy(role("r", "\"PermissionsBoundary\": \"arn:aws:iam::aws:policy/X\",")))
                .hasMessageContaining("PermissionsBoundary");
    }

    @Test
    void refusesAPolicyForARoleOfElsewhere() {
        assertThatThrownBy(() -> cloud.deploy("\"P\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": {\"Roles\": [\"other\"],"
                + "\"PolicyName\": \"P\", \"PolicyDocument\": " + allow("*") + "}}"))
                .isInstanceOf(TemplateException.class).hasMessageContaining("roles of these templates");
    }

    @Test
    void letsAServiceTakeARoleOnForThisAccountAlone() {
        String template = """
                "Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r", "AssumeRolePolicyDocument":
                  {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                   "Principal": {"Service": "lambda.amazonaws.com"},
                   "Condition": {"StringEqualsIfExists": {"aws:SourceAccount": "%s"}}}]}}},
                "Function": {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"S3Bucket": "assets",
                  "S3Key": "handler.jar"}, "Handler": "x", "Runtime": "java25", "Role": {"Fn::GetAtt": ["Role", "Arn"]}}}""";

        assertThatThrownBy(() -> cloud.deploy(template.formatted("111111111111")))
                .hasMessageContaining("a role of these templates that trusts lambda.amazonaws.com");
        assertThatCode(() -> cloud.deploy(template.formatted("000000000000"))).doesNotThrowAnyException();
    }

    private static String role(String name, String more) {
        return "\"Role\": {\"Type\": \"AWS::IAM::Role\", \"Metadata\": {\"aws:cdk:path\": \"Shop/Role/Resource\"}, \"Properties\": {"
                + more + "\"RoleName\": \"" + name + "\", \"AssumeRolePolicyDocument\": " + TestCloud.LAMBDA_TRUST + "}}";
    }

    private static String allow(String stack) {
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "cloudformation:DescribeStacks",
                 "Resource": "arn:aws:cloudformation:eu-west-1:000000000000:stack/%s/*"}]}""".formatted(stack);
    }
}
