package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkStackTest {
    private static final String ENDPOINT = "AWS::EC2::VPCEndpoint";
    private static final String GROUP = "AWS::EC2::SecurityGroup";
    private static final String SUBNET = "AWS::EC2::Subnet";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void hasNoWayOutAndNoWayIn(String stage) {
        assertThat(Synthesis.of(stage).resources().map(Resource::type).filter(type -> type.startsWith("AWS::EC2::"))
                .distinct()).containsExactlyInAnyOrder(
                // No gateway, no route, no address, no peering: whoever adds one has to come by here.
                "AWS::EC2::VPC", SUBNET, "AWS::EC2::RouteTable", "AWS::EC2::SubnetRouteTableAssociation",
                "AWS::EC2::FlowLog", ENDPOINT, GROUP, "AWS::EC2::SecurityGroupIngress");
        assertThat(Synthesis.of(stage).resources(SUBNET)).isNotEmpty().allSatisfy(subnet ->
                assertThat(subnet.properties().path("MapPublicIpOnLaunch").asBoolean(true)).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"dev, 2", "staging, 2", "prod, 3"})
    void spansTheZonesOfTheStage(String stage, int zones) {
        Synthesis synthesis = Synthesis.of(stage);
        Map<String, Set<String>> zonesByKind = synthesis.resources(SUBNET).stream().collect(Collectors.groupingBy(
                subnet -> subnet.toString().contains("data") ? "data" : "functions",
                Collectors.mapping(subnet -> synthesis.text(subnet.properties().path("AvailabilityZone")),
                        Collectors.toSet())));

        assertThat(zonesByKind.keySet()).containsExactlyInAnyOrder("data", "functions");
        assertThat(zonesByKind.values()).allSatisfy(each -> assertThat(each).hasSize(zones));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void reachesDynamoDbAndS3ByGatewayFromTheSubnetsOfFunctionsOnly(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Set<String> tables = synthesis.resources("AWS::EC2::RouteTable").stream()
                .filter(table -> table.toString().contains("functions")).map(Resource::logicalId)
                .collect(Collectors.toSet());

        assertThat(endpoints(synthesis, "Gateway")).hasSize(2).allSatisfy(endpoint ->
                assertThat(Synthesis.elements(endpoint.properties().path("RouteTableIds"))
                        .map(table -> table.path("Ref").asText())).containsExactlyInAnyOrderElementsOf(tables));
    }

    @ParameterizedTest
    @CsvSource({"dev, 1", "staging, 2", "prod, 3"})
    void hasTheEndpointsThatAreNeededInAsManyZonesAsTheStagePaysFor(String stage, int zones) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(endpoints(synthesis, "Interface")).hasSize(3).allSatisfy(endpoint -> {
            assertThat(endpoint.properties().path("PrivateDnsEnabled").asBoolean()).isTrue();
            assertThat(endpoint.properties().path("SubnetIds")).hasSize(zones);
            assertThat(endpoint.properties().path("SecurityGroupIds")).hasSize(1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsThroughEachEndpointWhatIsNeededAndNothingElse(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String own = ":${AWS::Region}:${AWS::AccountId}:";
        Map<String, String> allowed = synthesis.resources(ENDPOINT).stream().collect(Collectors.toMap(
                endpoint -> synthesis.text(endpoint.properties().path("ServiceName"))
                        .replace("com.amazonaws.${AWS::Region}.", ""),
                endpoint -> {
                    assertThat(endpoint.properties().at("/PolicyDocument/Statement")).hasSize(1);
                    JsonNode statement = endpoint.properties().at("/PolicyDocument/Statement/0");
                    return statement.path("Effect").asText() + " " + statement.path("Action").asText() + " "
                            + synthesis.text(statement.path("Resource")).replace("arn:${AWS::Partition}:", "");
                }));

        assertThat(allowed).isEqualTo(Map.of(
                "dynamodb", "Allow dynamodb:* dynamodb" + own + "table/*",
                "s3", "Allow s3:PutObject s3:::cloudformation-custom-resource-response-*/*",
                "secretsmanager", "Allow secretsmanager:GetSecretValue secretsmanager" + own + "secret:*",
                "sqs", "Allow sqs:SendMessage sqs" + own + "*",
                "email", "Allow ses:SendEmail ses" + own + "*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void admitsToEachDestinationThosePeersThatNeedItAndNoOther(String stage) {
        boolean dev = stage.equals("dev");
        String way = dev ? "Database 5432" : "DatabaseProxy 5432";
        Set<String> expected = new TreeSet<>(Set.of(
                "identity > " + way, "dashboard > " + way, "identity-worker > " + way, "outbox-relay > " + way,
                "migrations > Database 5432",
                "identity > Cache 6379", "dashboard > Cache 6379", "identity-worker > Cache 6379",
                "identity > Secrets 443", "migrations > Secrets 443",
                "identity > Queues 443", "outbox-relay > Queues 443",
                "identity-worker > Mail 443"));
        if (!dev) {
            expected.add("DatabaseProxy > Database 5432");
        }

        assertThat(admitted(stage)).isEqualTo(expected);
        assertThat(sent(stage).filter(each -> !each.contains("/"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void admitsNobodyByAddress(String stage) {
        assertThat(Synthesis.of(stage).resources(GROUP)).isNotEmpty()
                .noneMatch(group -> group.properties().has("SecurityGroupIngress"));
        assertThat(Synthesis.of(stage).resources("AWS::EC2::SecurityGroupIngress")).isNotEmpty()
                .noneMatch(rule -> rule.properties().has("CidrIp") || rule.properties().has("CidrIpv6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsOnlyFunctionsThatCallDynamoDbOrS3LookForThem(String stage) {
        assertThat(sent(stage).filter(each -> each.contains("/"))).containsExactlyInAnyOrder(
                "identity > 0.0.0.0/0 443", "dashboard > 0.0.0.0/0 443", "identity-worker > 0.0.0.0/0 443",
                "migrations > 0.0.0.0/0 443",
                // A group whose template has no rule for what it sends may send anything.
                "Database > 127.0.0.1/32 0", "Cache > 127.0.0.1/32 0", "Secrets > 127.0.0.1/32 0",
                "Queues > 127.0.0.1/32 0", "Mail > 127.0.0.1/32 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void saysOfEveryGroupWhatItMaySend(String stage) {
        assertThat(Synthesis.of(stage).resources(GROUP)).hasSize(stage.equals("dev") ? 10 : 11).allSatisfy(group ->
                assertThat(group.properties().path("SecurityGroupEgress")).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void placesFunctionsThatConnectInsideAndAllOthersOutside(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Map<Service, String> expected = new HashMap<>();
        for (Service service : Set.of(Service.IDENTITY, Service.DASHBOARD, Service.IDENTITY_WORKER,
                Service.OUTBOX_RELAY, Service.MIGRATIONS)) {
            expected.put(service, "${" + synthesis.at("Peers/" + service.environment()).logicalId() + ".GroupId}");
        }

        assertThat(Arrays.stream(Service.values())
                .filter(service -> synthesis.function(service).properties().has("VpcConfig"))
                .collect(Collectors.toMap(service -> service, service -> {
                    JsonNode place = synthesis.function(service).properties().path("VpcConfig");
                    assertThat(place.path("SecurityGroupIds")).hasSize(1);
                    assertThat(Synthesis.elements(place.path("SubnetIds")).map(synthesis::text)).isNotEmpty()
                            .allMatch(subnet -> subnet.contains("functions"));
                    return synthesis.text(place.at("/SecurityGroupIds/0"));
                }))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void leavesTheDefaultGroupOfTheNetworkToNobody(String stage) {
        assertThat(Synthesis.of(stage).template(StackId.NETWORK).toString()).doesNotContain("DefaultSecurityGroup");
        Stream<JsonNode> groups = Synthesis.of(stage).resources().flatMap(resource -> Stream.of(
                resource.properties().path("VPCSecurityGroups"), resource.properties().path("VpcSecurityGroupIds"),
                resource.properties().path("SecurityGroupIds"),
                resource.properties().at("/VpcConfig/SecurityGroupIds")));
        // Whatever has an interface in the network: functions, endpoints, database, proxy and cache.
        assertThat(groups.filter(JsonNode::isArray)).hasSize(stage.equals("dev") ? 10 : 11)
                .allSatisfy(each -> assertThat(each).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"dev, 7", "staging, 30", "prod, 365"})
    void recordsAllTrafficForAsLongAsTheStageKeepsLogs(String stage, int days) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode flowLog = synthesis.resource("AWS::EC2::FlowLog").properties();

        assertThat(flowLog.path("TrafficType").asText()).isEqualTo("ALL");
        assertThat(flowLog.at("/ResourceId/Ref").asText()).isEqualTo(synthesis.resource("AWS::EC2::VPC").logicalId());
        assertThat(synthesis.at("Private/FlowLogs/Resource").properties().path("RetentionInDays").asInt())
                .isEqualTo(days);
        assertThat(flowLog.at("/LogGroupName/Ref").asText())
                .isEqualTo(synthesis.at("Private/FlowLogs/Resource").logicalId());
    }

    @Test
    void knowsWhatEachServiceConnectsToByItsSettings() {
        assertThat(Destination.of(Service.TODOS, true)).isEmpty();
        assertThat(Destination.of(Service.OUTBOX_RELAY, true))
                .containsExactly(Destination.DATABASE_PROXY, Destination.QUEUES);
        assertThat(Destination.of(Service.MIGRATIONS, true))
                .containsExactly(Destination.DATABASE, Destination.SECRETS);
    }

    private static List<Resource> endpoints(Synthesis synthesis, String kind) {
        return synthesis.resources(ENDPOINT).stream()
                .filter(endpoint -> endpoint.properties().path("VpcEndpointType").asText().equals(kind)).toList();
    }

    /** Returns what is admitted, as {@code from > to port}. */
    private static Set<String> admitted(String stage) {
        Map<String, String> names = names(stage);
        return Synthesis.of(stage).resources("AWS::EC2::SecurityGroupIngress").stream().map(Resource::properties)
                .map(rule -> {
                    assertThat(rule.path("IpProtocol").asText()).isEqualTo("tcp");
                    assertThat(rule.path("ToPort").asInt()).isEqualTo(rule.path("FromPort").asInt());
                    return names.get(rule.at("/SourceSecurityGroupId/Fn::GetAtt/0").asText()) + " > "
                            + names.get(rule.at("/GroupId/Fn::GetAtt/0").asText()) + " " + rule.path("ToPort").asInt();
                }).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what groups may send, as {@code from > to port}. */
    private static Stream<String> sent(String stage) {
        Map<String, String> names = names(stage);
        return Synthesis.of(stage).resources(GROUP).stream().flatMap(group ->
                Synthesis.elements(group.properties().path("SecurityGroupEgress")).map(rule -> {
                    assertThat(rule.path("ToPort").asInt()).isEqualTo(rule.path("FromPort").asInt());
                    return name(group) + " > " + (rule.has("CidrIp") ? rule.path("CidrIp").asText()
                            : names.get(rule.at("/DestinationSecurityGroupId/Fn::GetAtt/0").asText())) + " "
                            + rule.path("ToPort").asInt();
                }));
    }

    private static Map<String, String> names(String stage) {
        return Synthesis.of(stage).resources(GROUP).stream()
                .collect(Collectors.toMap(Resource::logicalId, NetworkStackTest::name));
    }

    private static String name(Resource group) {
        return group.toString().replaceFirst(".*/Peers/", "");
    }
}
