package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.engine.Programs;
import dev.plinth.local.gate.Gate;
import dev.plinth.local.gate.GateKeys;
import dev.plinth.local.gate.SignIns;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.network.Network;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.template.Assemblies;
import dev.plinth.local.template.CloudAssembly;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.Deployment;
import dev.plinth.local.template.DynamicReferences;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.ResourceDefinition;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network, the database and the cache of a template, from its text to a connection. */
class DataResourcesTest {
    private static final Pseudo PSEUDO = Pseudo.local("eu-west-1");
    private static final Account ACCOUNT = new Account(PSEUDO.accountId(), PSEUDO.region());
    private static final Path TLS = Path.of("target", "tls");

    @TempDir
    private Path directory;

    private final Secrets secrets = Secrets.inMemory(ACCOUNT.arn("secretsmanager", "secret:"), Clock.systemUTC());

    private DeployedStack deploy(String template, DataEngines engines) throws IOException {
        CloudAssembly assembly = Assemblies.in(directory).stack("Shop", template).read();
        Network network = new Network();
        SignIns signIns = new SignIns(ACCOUNT, new Callers(), network, new Journal(), denial -> { }, Clock.systemUTC());
        GateKeys keys = GateKeys.in(TLS);
        Map<String, LaptopCloud.Creator> creators = new TreeMap<>(new NetworkResources(network).creators());
        creators.putAll(new DatabaseResources(ACCOUNT, engines, signIns, keys, secrets).creators());
        creators.putAll(new CacheResources(ACCOUNT, engines, signIns, keys).creators());
        return new Deployment(assembly, PSEUDO, DynamicReferences.REFUSED)
                .deploy(resource -> create(creators, resource)).get(0);
    }

    private static CreatedResource create(Map<String, LaptopCloud.Creator> creators, ResourceDefinition resource) {
        if (!creators.containsKey(resource.type())) {
            throw resource.refuse(resource.type(), "the types of this test");
        }
        return creators.get(resource.type()).create(resource);
    }

    private static DataEngines engines(Set<String> types) {
        return new DataEngines(types, Programs.STORE, Optional.empty(),
                new Progress(new PrintStream(OutputStream.nullOutputStream())));
    }

    @Test
    void makesADatabaseWhoseMasterUserSignsInByTheSecretThatRdsKeeps() throws Exception {
        try (DataEngines engines = engines(Set.of(DataEngines.DATABASE, DataEngines.CACHE))) {
            Map<String, String> outputs = deploy(TEMPLATE, engines).outputs().stream()
                    .collect(Collectors.toMap(DeployedStack.Output::key, DeployedStack.Output::value));

            JsonNode secret = new ObjectMapper().readTree(secrets.currentText(outputs.get("Secret")));
            assertThat(secret.properties()).extracting(Map.Entry::getKey).containsExactly("username", "password");
            assertThat(outputs.get("ResourceId")).matches("db-[A-Z0-9]{26}");
            assertThat(outputs.get("ProxyArn")).matches("arn:aws:rds:eu-west-1:000000000000:db-proxy:prx-[a-z0-9]{17}");
            assertThat(outputs.get("ProxyHost")).isEqualTo(outputs.get("Host"));
            try (Connection connection = connect(outputs, secret); Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE plinth_identity LOGIN; GRANT rds_iam TO plinth_identity");
                assertThat(value(statement, "SHOW idle_in_transaction_session_timeout")).isEqualTo("30s");
                assertThat(value(statement, "SHOW max_connections")).isEqualTo("70");
                assertThat(value(statement, "SELECT current_database()")).isEqualTo("plinth");
            }
            assertThat(engines.gates()).extracting(Gate::engine).containsExactlyInAnyOrder("postgresql", "redis");
            assertThat(outputs.get("CacheName")).isEqualTo("plinth-dev");
            assertThat(engines.gates()).extracting(gate -> Integer.toString(gate.port()))
                    .containsExactlyInAnyOrder(outputs.get("Port"), outputs.get("CachePort"));
        }
    }

    private static Connection connect(Map<String, String> outputs, JsonNode secret) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", secret.path("username").asText());
        properties.setProperty("password", secret.path("password").asText());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", TLS.resolve("trust.pem").toAbsolutePath().toString());
        return DriverManager.getConnection(
                "jdbc:postgresql://" + outputs.get("Host") + ":" + outputs.get("Port") + "/plinth", properties);
    }

    private static String value(Statement statement, String sql) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"EnableDnsSupport\": true | \"EnableDnsSupport\": false | EnableDnsSupport | true",
        "\"CidrBlock\": \"10.0.1.0/24\" | \"CidrBlock\": \"10.0.1.0/24\", \"MapPublicIpOnLaunch\": true | MapPublicIpOnLaunch | false",
        "AWS::EC2::RouteTable | AWS::EC2::InternetGateway | InternetGateway | types",
        "secretsmanager | rekognition | ServiceName | secretsmanager",
        "\"PrivateDnsEnabled\": true | \"PrivateDnsEnabled\": false | PrivateDnsEnabled | true",
        "\"Principal\": \"*\" | \"Principal\": {\"AWS\": \"arn:aws:iam::000000000000:root\"} | PolicyDocument | Principal is *",
        "\"rds.force_ssl\": \"1\" | \"rds.force_ssl\": \"0\" | rds.force_ssl | 1",
        "\"max_connections\": \"70\" | \"max_connections\": \"LEAST({DBInstanceClassMemory/9531392},5000)\" | max_connections | without formulas",
        "\"EngineVersion\": \"17\" | \"EngineVersion\": \"16.3\" | EngineVersion | 17",
        "\"PubliclyAccessible\": false | \"PubliclyAccessible\": true | PubliclyAccessible | false",
        "\"ManageMasterUserPassword\": true | \"MasterUserPassword\": \"secret\" | ManageMasterUserPassword | true",
        "\"EnableIAMDatabaseAuthentication\": true | \"EnableIAMDatabaseAuthentication\": false | EnableIAMDatabaseAuthentication | true",
        "\"Port\": \"5432\" | \"Port\": \"5432\", \"Timezone\": \"UTC\" | Timezone | Port",
        "\"Type\": \"iam\" | \"Type\": \"password\" | AuthenticationMode | iam",
        "\"UserName\": \"plinth-dev-identity\" | \"UserName\": \"identity\" | UserName | UserId",
        "\"TransitEncryptionEnabled\": true | \"TransitEncryptionEnabled\": false | TransitEncryptionEnabled | true"})
    void refusesWhatItCannotHonour(String right, String wrong, String property, String supported) throws Exception {
        assertThat(TEMPLATE).contains(right);
        // A property that nobody reads is noticed at the end, when the database is there; and the cache comes after it.
        try (DataEngines engines = engines(Set.of("Timezone", "TransitEncryptionEnabled").contains(property)
                ? Set.of(DataEngines.DATABASE) : Set.of())) {
            assertThatThrownBy(() -> deploy(TEMPLATE.replace(right, wrong), engines))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining(property).hasMessageContaining(supported);
        }
    }

    @Test
    void refusesParametersAndRulesThatTheEnginesDoNotKnow() throws Exception {
        try (DataEngines engines = engines(Set.of(DataEngines.DATABASE, DataEngines.CACHE))) {
            assertThatThrownBy(() -> deploy(TEMPLATE.replace("max_connections", "max_conections"), engines))
                    .isInstanceOf(TemplateException.class).hasMessageContaining("unrecognized configuration parameter");
        }
        try (DataEngines engines = engines(Set.of(DataEngines.DATABASE, DataEngines.CACHE))) {
            assertThatThrownBy(() -> deploy(TEMPLATE.replace("+@read", "+@reed"), engines))
                    .isInstanceOf(TemplateException.class).hasMessageContaining("+@reed");
        }
    }

    private static final String TEMPLATE = """
            {"Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": true,
              "EnableDnsHostnames": true}},
            "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.1.0/24"}},
            "Routes": {"Type": "AWS::EC2::RouteTable", "Properties": {"VpcId": {"Ref": "Vpc"}}},
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "GroupDescription": "store"}},
            "Ingress": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]},
              "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": "10.0.0.0/16"}},
            "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"}, "VpcEndpointType": "Interface",
              "ServiceName": "com.amazonaws.eu-west-1.secretsmanager", "PrivateDnsEnabled": true, "SubnetIds": [{"Ref": "Subnet"}],
              "SecurityGroupIds": [{"Ref": "Group"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}}},
            "Subnets": {"Type": "AWS::RDS::DBSubnetGroup", "Properties": {"DBSubnetGroupDescription": "data",
              "SubnetIds": [{"Ref": "Subnet"}]}},
            "Parameters": {"Type": "AWS::RDS::DBParameterGroup", "Properties": {"Family": "postgres17", "Description": "data",
              "Parameters": {"rds.force_ssl": "1", "max_connections": "70", "idle_in_transaction_session_timeout": "30000"}}},
            "User": {"Type": "AWS::ElastiCache::User", "Properties": {"UserId": "plinth-dev-identity",
              "UserName": "plinth-dev-identity", "Engine": "valkey", "AuthenticationMode": {"Type": "iam"},
              "AccessString": "on ~session:* -@all +@read +ping +client|setinfo"}},
            "Instance": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "postgres", "EngineVersion": "17",
              "DBInstanceIdentifier": "plinth-dev", "DBName": "plinth", "MasterUsername": "plinth_admin",
              "ManageMasterUserPassword": true, "EnableIAMDatabaseAuthentication": true, "PubliclyAccessible": false,
              "DBParameterGroupName": {"Ref": "Parameters"}, "DBSubnetGroupName": {"Ref": "Subnets"}, "Port": "5432",
              "VPCSecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}], "StorageEncrypted": true, "MultiAZ": false}},
            "Proxy": {"Type": "AWS::RDS::DBProxy", "DependsOn": "Instance", "Properties": {"DBProxyName": "plinth-dev",
              "EngineFamily": "POSTGRESQL", "DefaultAuthScheme": "IAM_AUTH", "RequireTLS": true, "RoleArn": "arn",
              "VpcSubnetIds": [{"Ref": "Subnet"}], "VpcSecurityGroupIds": [{"Ref": "Group"}]}},
            "Target": {"Type": "AWS::RDS::DBProxyTargetGroup", "Properties": {"DBProxyName": {"Ref": "Proxy"},
              "TargetGroupName": "default", "DBInstanceIdentifiers": [{"Ref": "Instance"}]}},
            "Users": {"Type": "AWS::ElastiCache::UserGroup", "Properties": {"UserGroupId": "plinth-dev", "Engine": "valkey",
              "UserIds": [{"Ref": "User"}]}},
            "CacheSubnets": {"Type": "AWS::ElastiCache::SubnetGroup", "Properties": {"Description": "data",
              "SubnetIds": [{"Ref": "Subnet"}]}},
            "CacheParameters": {"Type": "AWS::ElastiCache::ParameterGroup", "Properties": {"CacheParameterGroupFamily": "valkey8",
              "Description": "data", "Properties": {"maxmemory-policy": "noeviction"}}},
            "Cache": {"Type": "AWS::ElastiCache::ReplicationGroup", "Properties": {"Engine": "valkey",
              "ReplicationGroupId": "plinth-dev", "ReplicationGroupDescription": "sessions", "TransitEncryptionEnabled": true,
              "CacheSubnetGroupName": {"Ref": "CacheSubnets"}, "CacheParameterGroupName": {"Ref": "CacheParameters"},
              "SecurityGroupIds": [{"Ref": "Group"}], "UserGroupIds": [{"Ref": "Users"}]}}},
            "Outputs": {
            "Host": {"Value": {"Fn::GetAtt": ["Instance", "Endpoint.Address"]}},
            "Port": {"Value": {"Fn::GetAtt": ["Instance", "Endpoint.Port"]}},
            "Secret": {"Value": {"Fn::GetAtt": ["Instance", "MasterUserSecret.SecretArn"]}},
            "ResourceId": {"Value": {"Fn::GetAtt": ["Instance", "DbiResourceId"]}},
            "ProxyArn": {"Value": {"Fn::GetAtt": ["Proxy", "DBProxyArn"]}},
            "ProxyHost": {"Value": {"Fn::GetAtt": ["Proxy", "Endpoint"]}},
            "CacheName": {"Value": {"Ref": "Cache"}},
            "CachePort": {"Value": {"Fn::GetAtt": ["Cache", "PrimaryEndPoint.Port"]}}}}""";
}
