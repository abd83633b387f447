package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheStackTest {
    private static final String GROUP = "AWS::ElastiCache::ReplicationGroup";
    private static final String USER = "AWS::ElastiCache::User";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsAndIsReachableFromInsideOnly(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode group = synthesis.resource(GROUP).properties();

        assertThat(group.path("TransitEncryptionEnabled").asBoolean()).isTrue();
        assertThat(group.path("TransitEncryptionMode").asText()).isEqualTo("required");
        assertThat(group.path("AtRestEncryptionEnabled").asBoolean()).isTrue();
        assertThat(group.path("ClusterMode").asText()).isEqualTo("disabled");
        assertThat(group.at("/CacheSubnetGroupName/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::ElastiCache::SubnetGroup").logicalId());
        assertThat(Synthesis.elements(synthesis.resource("AWS::ElastiCache::SubnetGroup").properties()
                .path("SubnetIds")).map(synthesis::text)).isNotEmpty().allMatch(subnet -> subnet.contains("data"));
        assertThat(Synthesis.elements(group.path("SecurityGroupIds")).map(synthesis::text))
                .containsExactly("${" + synthesis.at("Peers/Cache").logicalId() + ".GroupId}");
    }

    @ParameterizedTest
    @CsvSource({"dev, 1, false, 0, Delete", "staging, 2, true, 7, Snapshot", "prod, 3, true, 14, Snapshot"})
    void survivesZonesOutsideDev(String stage, int nodes, boolean lasting, int days, String fate) {
        Resource group = Synthesis.of(stage).resource(GROUP);

        assertThat(group.properties().path("NumCacheClusters").asInt()).isEqualTo(nodes);
        assertThat(group.properties().path("MultiAZEnabled").asBoolean()).isEqualTo(lasting);
        assertThat(group.properties().path("AutomaticFailoverEnabled").asBoolean()).isEqualTo(lasting);
        assertThat(group.properties().path("SnapshotRetentionLimit").asInt()).isEqualTo(days);
        assertThat(group.node().path("DeletionPolicy").asText()).isEqualTo(fate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void dropsNothingToMakeRoom(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource parameters = synthesis.resource("AWS::ElastiCache::ParameterGroup");

        assertThat(parameters.properties().at("/Properties/maxmemory-policy").asText()).isEqualTo("noeviction");
        assertThat(synthesis.resource(GROUP).properties().at("/CacheParameterGroupName/Ref").asText())
                .isEqualTo(parameters.logicalId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void knowsTheUsersOfItsServicesByIamAndNobodyElse(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<Resource> users = synthesis.resources(USER);

        assertThat(users).extracting(user -> user.properties().path("UserId").asText()).containsExactlyInAnyOrder(
                "plinth-" + stage + "-identity", "plinth-" + stage + "-identity-worker",
                "plinth-" + stage + "-dashboard");
        assertThat(users).allSatisfy(user -> {
            assertThat(user.properties().path("UserName")).isEqualTo(user.properties().path("UserId"));
            assertThat(user.properties().path("AuthenticationMode").toString()).isEqualTo("{\"Type\":\"iam\"}");
            assertThat(user.properties().has("NoPasswordRequired")).isFalse();
        });
        assertThat(Synthesis.elements(synthesis.resource("AWS::ElastiCache::UserGroup").properties().path("UserIds"))
                .map(user -> user.path("Ref").asText()))
                .containsExactlyInAnyOrderElementsOf(users.stream().map(Resource::logicalId).toList());
        assertThat(Synthesis.elements(synthesis.resource(GROUP).properties().path("UserGroupIds"))
                .map(user -> user.path("Ref").asText()))
                .containsExactly(synthesis.resource("AWS::ElastiCache::UserGroup").logicalId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void limitsEachUserToTheKeysOfItsService(String stage) {
        Map<String, Set<String>> keys = Synthesis.of(stage).resources(USER).stream().collect(Collectors.toMap(
                user -> user.properties().path("UserId").asText().replace("plinth-" + stage + "-", ""),
                user -> words(user).stream().filter(word -> word.startsWith("~")).collect(Collectors.toSet())));

        assertThat(keys).isEqualTo(Map.of(
                "identity", Set.of("~session:*", "~user-sessions:*", "~code:*", "~limit:*"),
                "identity-worker", Set.of("~session:*", "~user-sessions:*", "~code:*"),
                "dashboard", Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsFromNoCommandAndAllowsNoneThatListsOrDropsEverything(String stage) {
        assertThat(Synthesis.of(stage).resources(USER)).isNotEmpty().allSatisfy(user -> {
            List<String> words = words(user);
            assertThat(words).startsWith("on").contains("-@all")
                    .doesNotContain("+@all", "allcommands", "allkeys", "+@dangerous", "+@admin", "+scan", "+keys");
            if (words.contains("+@read")) {
                assertThat(words.indexOf("-@dangerous")).isGreaterThan(words.indexOf("+@write"));
                assertThat(words).contains("-scan", "-randomkey", "-dbsize");
            }
        });
    }

    private static List<String> words(Resource user) {
        return List.of(user.properties().path("AccessString").asText().split(" "));
    }
}
