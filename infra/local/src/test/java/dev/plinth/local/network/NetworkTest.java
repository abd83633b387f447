package dev.plinth.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.network.Network.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    private static final Placement STORE = new Placement("Shop/Store", List.of("data"), List.of("store"));
    private static final List<AccessRequest> PUT =
            List.of(new AccessRequest("dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:000000000000:table/t", Map.of()));

    private final Network network = new Network();

    @BeforeEach
    void build() {
        network.addSubnet(new Subnet("data", "Shop/DataSubnet", "vpc", "10.0.1.0/24"));
        network.addSubnet(new Subnet("work", "Shop/WorkSubnet", "vpc", "10.0.2.0/24"));
        network.addSubnet(new Subnet("far", "Shop/FarSubnet", "other", "10.0.3.0/24"));
        network.addGroup("store", "Shop/StoreGroup", List.of(), Optional.of(List.of(toNobody())));
        network.addGroup("worker", "Shop/WorkerGroup", List.of(), Optional.empty());
        network.place("worker", "Shop/Worker", at("work", "worker"));
    }

    private static Optional<Placement> at(String subnet, String group) {
        return Optional.of(new Placement("Shop/Worker", List.of(subnet), List.of(group)));
    }

    private static Rule tcp(int from, int to, String group, String block) {
        return new Rule("tcp", from, to, Optional.ofNullable(group), Optional.ofNullable(block));
    }

    private static Rule toNobody() {
        return new Rule("icmp", 252, 86, Optional.empty(), Optional.of("255.255.255.255/32"));
    }

    private Optional<String> obstacle() {
        return network.obstacle("worker", STORE, 5432);
    }

    @Test
    void letsNobodyInUnlessARuleDoes() {
        assertThat(obstacle()).hasValueSatisfying(why -> assertThat(why).contains("no ingress rule of Shop/StoreGroup",
                "Shop/Store", "admits Shop/WorkerGroup of the function Shop/Worker on port 5432"));

        network.addIngress("store", tcp(5432, 5432, "worker", null));

        assertThat(obstacle()).isEmpty();
        assertThat(network.obstacle("worker", STORE, 5433)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/16, true", "10.0.2.0/24, true", "0.0.0.0/0, true", "10.0.2.0/25, false",
            "10.1.0.0/16, false"})
    void admitsBlocksThatHoldTheWholeSubnet(String block, boolean admitted) {
        network.addIngress("store", tcp(0, 65_535, null, block));

        assertThat(obstacle().isEmpty()).isEqualTo(admitted);
    }

    @Test
    void letsNothingOutButWhatAnEgressRuleSaysOnceThereIsOne() {
        network.addIngress("store", tcp(5432, 5432, "worker", null));
        network.addEgress("worker", tcp(443, 443, null, "0.0.0.0/0"));

        assertThat(obstacle()).hasValueSatisfying(why -> assertThat(why)
                .contains("no egress rule of Shop/WorkerGroup", "port 5432"));

        network.addEgress("worker", tcp(5432, 5432, "store", null));

        assertThat(obstacle()).isEmpty();
    }

    @Test
    void leadsNobodyFromOutsideOrFromAnotherNetworkToTheStore() {
        network.addIngress("store", tcp(5432, 5432, null, "0.0.0.0/0"));
        network.place("outside", "Shop/Outside", Optional.empty());
        network.place("far", "Shop/Far", at("far", "worker"));

        assertThat(network.obstacle("outside", STORE, 5432).orElseThrow())
                .contains("the function Shop/Outside is in no VPC");
        assertThat(network.obstacle("far", STORE, 5432).orElseThrow()).contains("in different VPCs");
    }

    @Test
    void leadsToAServiceByAGatewayInEveryRouteTable() {
        assertThat(network.obstacle("worker", "dynamodb", PUT).orElseThrow())
                .contains("Shop/Worker", "no endpoint of dynamodb");
        network.addEndpoint(new Endpoint.Gateway("Shop/Gateway", "dynamodb", "vpc", Optional.empty(),
                List.of("routes")));
        assertThat(network.obstacle("worker", "dynamodb", PUT).orElseThrow())
                .contains("route tables of Shop/WorkSubnet", "do not lead to Shop/Gateway");

        network.route("work", "routes");

        assertThat(network.obstacle("worker", "dynamodb", PUT)).isEmpty();
        assertThat(network.obstacle("worker", "s3", PUT)).isPresent();
        network.addEgress("worker", tcp(5432, 5432, "store", null));
        assertThat(network.obstacle("worker", "dynamodb", PUT).orElseThrow()).contains("no egress rule", "port 443");
    }

    @Test
    void leadsToAServiceByAnInterfaceThatAdmitsTheFunction() {
        network.addGroup("secrets", "Shop/SecretsGroup", List.of(), Optional.empty());
        network.addEndpoint(new Endpoint.Interface("Shop/Secrets", "secretsmanager", "vpc", Optional.empty(),
                new Placement("Shop/Secrets", List.of("data"), List.of("secrets"))));
        assertThat(network.obstacle("worker", "secretsmanager", List.of()).orElseThrow())
                .contains("no ingress rule of Shop/SecretsGroup");

        network.addIngress("secrets", tcp(443, 443, "worker", null));

        assertThat(network.obstacle("worker", "secretsmanager", List.of())).isEmpty();
    }

    @Test
    void keepsToThePolicyOfAnEndpoint() throws IOException {
        Policy policy = new PolicyReader(Set.of()).policy("endpoint", "Shop/Gateway", new ObjectMapper().readTree("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}]}"""));
        network.route("work", "routes");
        network.addEndpoint(new Endpoint.Gateway("Shop/Gateway", "dynamodb", "vpc", Optional.of(policy),
                List.of("routes")));

        assertThat(network.obstacle("worker", "dynamodb", PUT).orElseThrow())
                .contains("the policy of the VPC endpoint Shop/Gateway does not allow dynamodb:PutItem");
    }

    @Test
    void leadsAFunctionInNoNetworkToEveryService() {
        network.place("outside", "Shop/Outside", Optional.empty());

        assertThat(network.obstacle("outside", "dynamodb", PUT)).isEmpty();
    }

    @Test
    void givesARoleOnePlace() {
        network.place("worker", "Shop/Second", at("work", "worker"));

        assertThatThrownBy(() -> network.place("worker", "Shop/Third", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the role of Shop/Worker");
    }
}
