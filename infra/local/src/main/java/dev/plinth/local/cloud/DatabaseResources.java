package dev.plinth.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Account;
import dev.plinth.local.engine.PostgresEngine;
import dev.plinth.local.gate.GateKeys;
import dev.plinth.local.gate.PostgresGate;
import dev.plinth.local.gate.PostgresGate.Administrator;
import dev.plinth.local.gate.SignIns;
import dev.plinth.local.network.Placement;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A PostgreSQL instance of RDS, its parameters and subnets, and a proxy before it. */
final class DatabaseResources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TAGS = "nothing reads tags here";
    private static final String OPERATIONS = "nobody operates the laptop's PostgreSQL";
    private static final String PASSWORD_MEMBER = "password";
    private static final Set<String> OPERATED = Set.of("AllocatedStorage", "MaxAllocatedStorage", "StorageType", "Iops",
            "StorageThroughput", "AutoMinorVersionUpgrade", "AllowMajorVersionUpgrade", "BackupRetentionPeriod",
            "PreferredBackupWindow", "PreferredMaintenanceWindow", "CopyTagsToSnapshot", "DeleteAutomatedBackups",
            "DeletionProtection", "MultiAZ", "DatabaseInsightsMode", "EnablePerformanceInsights",
            "PerformanceInsightsRetentionPeriod", "PerformanceInsightsKMSKeyId", "MonitoringInterval",
            "MonitoringRoleArn",
            "EnableCloudwatchLogsExports", "CACertificateIdentifier", "NetworkType");

    private final Account account;
    private final DataEngines engines;
    private final SignIns signIns;
    private final GateKeys keys;
    private final Secrets secrets;
    private final Map<String, List<String>> subnetGroups = new HashMap<>();
    private final Map<String, Map<String, String>> parameterGroups = new HashMap<>();
    private final Map<String, Proxy> proxies = new HashMap<>();
    private Instance instance;

    private record Instance(String identifier, PostgresGate gate, int templatePort) {
    }

    private record Proxy(String userArns, Placement placement) {
    }

    DatabaseResources(Account account, DataEngines engines, SignIns signIns, GateKeys keys, Secrets secrets) {
        this.account = account;
        this.engines = engines;
        this.signIns = signIns;
        this.keys = keys;
        this.secrets = secrets;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                "AWS::RDS::DBSubnetGroup", this::createSubnetGroup,
                "AWS::RDS::DBParameterGroup", this::createParameterGroup,
                DataEngines.DATABASE, this::createInstance,
                "AWS::RDS::DBProxy", this::createProxy,
                "AWS::RDS::DBProxyTargetGroup", this::createTargets);
    }

    private static String name(ResourceDefinition resource, String property) {
        return resource.properties().optionalString(property)
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 63)).toLowerCase(Locale.ROOT);
    }

    private CreatedResource createSubnetGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = name(resource, "DBSubnetGroupName");
        properties.ignored("DBSubnetGroupDescription", "text for people");
        properties.ignored("Tags", TAGS);
        subnetGroups.put(name, properties.strings("SubnetIds"));
        return new CreatedResource(name, Map.of());
    }

    private CreatedResource createParameterGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = name(resource, "DBParameterGroupName");
        properties.oneOf("Family", "postgres17");
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", TAGS);
        Map<String, String> parameters = new LinkedHashMap<>(properties.stringMap("Parameters"));
        String forced = parameters.remove("rds.force_ssl");
        if (forced != null && !forced.equals("1")) {
            throw properties.object("Parameters").refuse("rds.force_ssl", "1");
        }
        parameters.forEach((parameter, value) -> {
            if (parameter.startsWith("rds.") || value.contains("{")) {
                throw properties.object("Parameters").refuse(parameter,
                        "parameters of PostgreSQL itself, without formulas");
            }
        });
        parameterGroups.put(name, parameters);
        return new CreatedResource(name, Map.of());
    }

    private CreatedResource createInstance(ResourceDefinition resource) {
        Properties properties = resource.properties();
        if (instance != null) {
            throw resource.refuse("a second instance beside " + instance.identifier(), "one PostgreSQL instance");
        }
        properties.oneOf("Engine", "postgres");
        if (!properties.string("EngineVersion").matches("17(\\..*)?")) {
            throw properties.refuse("EngineVersion", "17");
        }
        require(properties, "ManageMasterUserPassword", true);
        require(properties, "EnableIAMDatabaseAuthentication", true);
        if (properties.optionalBool("PubliclyAccessible").orElse(true)) {
            throw properties.refuse("PubliclyAccessible", "false");
        }
        String identifier = name(resource, "DBInstanceIdentifier");
        String user = properties.string("MasterUsername");
        String database = properties.string("DBName");
        int templatePort = properties.optionalInteger("Port").orElse(5432);
        Map<String, String> parameters = properties.optionalString("DBParameterGroupName")
                .map(group -> found(parameterGroups, group, properties, "DBParameterGroupName")).orElse(Map.of());
        Placement placement = new Placement(resource.constructPath(),
                found(subnetGroups, properties.string("DBSubnetGroupName"), properties, "DBSubnetGroupName"),
                properties.strings("VPCSecurityGroups"));
        OPERATED.forEach(property -> properties.ignored(property, OPERATIONS));
        properties.ignored("DBInstanceClass", "the laptop's memory and processors are what they are");
        properties.ignored("StorageEncrypted", "nothing is encrypted at rest here");
        properties.ignored("KmsKeyId", "nothing is encrypted at rest here");
        properties.ignored("Tags", TAGS);
        String id = PhysicalNames.digest(resource.stackName() + "/" + resource.logicalId()).toUpperCase(Locale.ROOT);
        String resourceId = "db-" + id.substring(0, 26);
        Administrator administrator = administrator(user, resourceId);
        try {
            PostgresEngine engine = engines.postgres();
            engine.serve(parameters, user);
            engine.createDatabase(database, user);
            PostgresGate gate = PostgresGate.open(engine, signIns, keys,
                    userArns(resourceId), placement, templatePort, Optional.of(administrator));
            engines.add(gate.gate());
            instance = new Instance(identifier, gate, templatePort);
        } catch (IOException e) {
            throw resource.refuse(e.getMessage(), "what PostgreSQL takes");
        }
        return new CreatedResource(identifier, Map.of(
                "Endpoint.Address", instance.gate().gate().host(),
                "Endpoint.Port", Integer.toString(instance.gate().gate().port()),
                "DbiResourceId", resourceId,
                "DBInstanceArn", account.arn("rds", "db:" + identifier),
                "MasterUserSecret.SecretArn", administrator.secretArn()));
    }

    private String userArns(String resourceId) {
        return account.arn("rds-db", "dbuser:" + resourceId + "/");
    }

    private static void require(Properties properties, String property, boolean value) {
        if (properties.optionalBool(property).orElse(!value) != value) {
            throw properties.refuse(property, Boolean.toString(value));
        }
    }

    private static <T> T found(Map<String, T> known, String name, Properties properties, String property) {
        T value = known.get(name.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw properties.refuse(property, "one of these templates: " + known.keySet().stream().sorted().toList());
        }
        return value;
    }

    /** Makes the secret that RDS keeps for the master user; one that was kept from a former run stays as it is. */
    private Administrator administrator(String user, String resourceId) {
        byte[] drawn = new byte[24];
        new SecureRandom().nextBytes(drawn);
        try {
            String arn = secrets.create("rds!db-" + UUID.nameUUIDFromBytes(resourceId.getBytes(StandardCharsets.UTF_8)),
                    JSON.createObjectNode().put("username", user)
                            .put(PASSWORD_MEMBER, HexFormat.of().formatHex(drawn)).toString());
            return new Administrator(user, JSON.readTree(secrets.currentText(arn)).path(PASSWORD_MEMBER).asText(), arn);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The secret of the master user is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private CreatedResource createProxy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.string("DBProxyName");
        properties.oneOf("EngineFamily", "POSTGRESQL");
        if (!"IAM_AUTH".equals(properties.string("DefaultAuthScheme"))) {
            throw properties.refuse("DefaultAuthScheme", "IAM_AUTH");
        }
        require(properties, "RequireTLS", true);
        Placement placement = new Placement(resource.constructPath(), properties.strings("VpcSubnetIds"),
                properties.strings("VpcSecurityGroupIds"));
        properties.ignored("RoleArn", "the gate signs in to PostgreSQL by itself");
        properties.ignored("DebugLogging", OPERATIONS);
        properties.ignored("IdleClientTimeout", "the gate ends no idle client");
        properties.ignored("Tags", TAGS);
        String id = "prx-" + PhysicalNames.digest(resource.stackName() + "/" + resource.logicalId()).substring(0, 17);
        if (instance == null) {
            throw resource.refuse("a proxy that is created before its instance", "a proxy that is created after it");
        }
        proxies.put(name, new Proxy(userArns(id), placement));
        // The one gate stands for both, so the proxy has the instance's port, as it has on AWS.
        return new CreatedResource(name, Map.of("DBProxyArn", account.arn("rds", "db-proxy:" + id),
                "Endpoint", instance.gate().gate().host()));
    }

    private CreatedResource createTargets(ResourceDefinition resource) {
        Properties properties = resource.properties();
        Proxy proxy = found(proxies, properties.string("DBProxyName"), properties, "DBProxyName");
        properties.oneOf("TargetGroupName", "default");
        if (!properties.strings("DBInstanceIdentifiers").equals(List.of(instance.identifier()))) {
            throw properties.refuse("DBInstanceIdentifiers", instance.identifier());
        }
        properties.ignored("ConnectionPoolConfigurationInfo", "the gate keeps no connections; each client has its own");
        instance.gate().addProxy(proxy.userArns(), proxy.placement(), instance.templatePort());
        String arn = account.arn("rds", "target-group:prx-tg-"
                + PhysicalNames.id(resource.stackName(), resource.logicalId()));
        return new CreatedResource(arn, Map.of("TargetGroupArn", arn));
    }
}
