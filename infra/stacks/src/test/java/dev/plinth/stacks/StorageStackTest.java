package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageStackTest {
    private static final String BUCKET = "AWS::S3::Bucket";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void keepsThePublicOut(String stage) {
        JsonNode bucket = Synthesis.of(stage).resource(BUCKET).properties();

        assertThat(bucket.path("PublicAccessBlockConfiguration").properties().stream()
                .filter(each -> each.getValue().asBoolean()).map(Map.Entry::getKey)).containsExactlyInAnyOrder(
                        "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");
        assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText()).isEqualTo("BucketOwnerEnforced");
        assertThat(bucket.has("AccessControl") || bucket.has("WebsiteConfiguration")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsObjectsAndKeepsTheirVersions(String stage) {
        JsonNode bucket = Synthesis.of(stage).resource(BUCKET).properties();

        assertThat(bucket.at("/BucketEncryption/ServerSideEncryptionConfiguration").toString())
                .isEqualTo("[{\"ServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"}}]");
        assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void refusesPlainConnectionsAndAllowsNothingByPolicy(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource bucket = synthesis.resource(BUCKET);
        JsonNode policy = synthesis.resource("AWS::S3::BucketPolicy").properties();
        JsonNode statement = policy.at("/PolicyDocument/Statement/0");

        assertThat(policy.at("/Bucket/Ref").asText()).isEqualTo(bucket.logicalId());
        assertThat(policy.at("/PolicyDocument/Statement")).hasSize(1);
        assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
        assertThat(statement.path("Action").asText()).isEqualTo("s3:*");
        assertThat(statement.path("Principal").toString()).isEqualTo("{\"AWS\":\"*\"}");
        assertThat(statement.path("Condition").toString())
                .isEqualTo("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}");
        assertThat(Synthesis.elements(statement.path("Resource")).map(synthesis::text)).containsExactly(
                "${" + bucket.logicalId() + ".Arn}", "${" + bucket.logicalId() + ".Arn}/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void tiersAndDeletesWhatIsOldByKind(String stage) {
        Map<String, String> rules = Synthesis.elements(Synthesis.of(stage).resource(BUCKET).properties()
                .at("/LifecycleConfiguration/Rules")).collect(Collectors.toMap(
                        rule -> rule.path("Prefix").asText("everything"), StorageStackTest::words));

        assertThat(rules).isEqualTo(Map.of(
                "archives/", "Enabled: INTELLIGENT_TIERING after 30, deleted after 90",
                "diagrams/", "Enabled: INTELLIGENT_TIERING after 30, deleted after 90",
                "templates/", "Enabled: deleted after 90",
                "everything", "Enabled: old versions after 7, lone marks, incomplete uploads after 1"));
    }

    private static String words(JsonNode rule) {
        assertThat(rule.has("TagFilters") || rule.has("ObjectSizeGreaterThan") || rule.has("ObjectSizeLessThan"))
                .isFalse();
        List<String> words = new ArrayList<>();
        Synthesis.elements(rule.path("Transitions")).forEach(transition -> words.add(
                transition.path("StorageClass").asText() + " after " + transition.path("TransitionInDays").asInt()));
        if (rule.has("ExpirationInDays")) {
            words.add("deleted after " + rule.path("ExpirationInDays").asInt());
        }
        if (rule.has("NoncurrentVersionExpiration")) {
            words.add("old versions after " + rule.at("/NoncurrentVersionExpiration/NoncurrentDays").asInt());
        }
        if (rule.path("ExpiredObjectDeleteMarker").asBoolean()) {
            words.add("lone marks");
        }
        if (rule.has("AbortIncompleteMultipartUpload")) {
            words.add("incomplete uploads after "
                    + rule.at("/AbortIncompleteMultipartUpload/DaysAfterInitiation").asInt());
        }
        return rule.path("Status").asText() + ": " + String.join(", ", words);
    }

    @ParameterizedTest
    @CsvSource({"dev, Delete", "staging, Retain", "prod, Retain"})
    void retainsTheBucketOutsideDev(String stage, String fate) {
        Resource bucket = Synthesis.of(stage).resource(BUCKET);

        assertThat(bucket.node().path("DeletionPolicy").asText()).isEqualTo(fate);
        assertThat(bucket.node().path("UpdateReplacePolicy").asText()).isEqualTo(fate);
    }

    @Test
    void letsPagesOfTheStagesOriginsDownloadAndDoNothingElse() {
        JsonNode rules = Synthesis.of(Map.of("stage", "prod", "corsOrigins", "https://shop.example"))
                .resource(BUCKET).properties().at("/CorsConfiguration/CorsRules");

        assertThat(rules).hasSize(1);
        assertThat(Synthesis.texts(rules.at("/0/AllowedMethods"))).containsExactly("GET");
        assertThat(Synthesis.texts(rules.at("/0/AllowedOrigins"))).containsExactly("https://shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void answersNoPageOutsideDevUnlessOriginsAreGiven(String stage) {
        assertThat(Synthesis.of(stage).resource(BUCKET).properties().has("CorsConfiguration")).isFalse();
    }
}
