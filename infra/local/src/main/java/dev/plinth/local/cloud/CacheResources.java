package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.engine.RedisEngine;
import dev.plinth.local.gate.Gate;
import dev.plinth.local.gate.GateKeys;
import dev.plinth.local.gate.RedisGate;
import dev.plinth.local.gate.SignIns;
import dev.plinth.local.network.Placement;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A replication group of ElastiCache with its users. Redis 6.2 stands for Redis and Valkey of any version. */
final class CacheResources {
    private static final String TAGS = "nothing reads tags here";
    private static final String OPERATIONS = "nobody operates the laptop's Redis";
    private static final Set<String> OPERATED = Set.of("AutoMinorVersionUpgrade", "AutomaticFailoverEnabled",
            "MultiAZEnabled", "NumCacheClusters", "PreferredMaintenanceWindow", "SnapshotRetentionLimit", "SnapshotWindow",
            "LogDeliveryConfigurations", "NotificationTopicArn");
    /** Commands that ElastiCache gives to nobody (User Guide, "Supported and restricted commands"). */
    private static final List<String> RESTRICTED = List.of("acl", "bgrewriteaof", "bgsave", "cluster", "config",
            "debug", "failover", "migrate", "module", "psync", "replicaof", "save", "shutdown", "slaveof", "sync");
    /** Commands by which a connection begins; from Redis 7 on every user may send them. */
    private static final List<String> SIGN_IN = List.of("+auth", "+hello", "+reset");

    private final Account account;
    private final DataEngines engines;
    private final SignIns signIns;
    private final GateKeys keys;
    private final Map<String, List<String>> users = new HashMap<>();
    private final Map<String, List<String>> userGroups = new HashMap<>();
    private final Map<String, List<String>> subnetGroups = new HashMap<>();
    private final Map<String, Map<String, String>> parameterGroups = new HashMap<>();
    private String group;

    CacheResources(Account account, DataEngines engines, SignIns signIns, GateKeys keys) {
        this.account = account;
        this.engines = engines;
        this.signIns = signIns;
        this.keys = keys;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                "AWS::ElastiCache::User", this::createUser,
                "AWS::ElastiCache::UserGroup", this::createUserGroup,
                "AWS::ElastiCache::SubnetGroup", this::createSubnetGroup,
                "AWS::ElastiCache::ParameterGroup", this::createParameterGroup,
                DataEngines.CACHE, this::createReplicationGroup);
    }

    private CreatedResource createUser(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String id = properties.string("UserId");
        if (!properties.string("UserName").equals(id)) {
            throw properties.refuse("UserName", "the UserId, as IAM authentication wants it");
        }
        engine(properties);
        if (!"iam".equals(properties.object("AuthenticationMode").string("Type"))) {
            throw properties.object("AuthenticationMode").refuse("Type", "iam");
        }
        users.put(id, Stream.of(properties.string("AccessString").trim().split("\\s+")).toList());
        properties.ignored("Tags", TAGS);
        return new CreatedResource(id, Map.of("Arn", account.arn("elasticache", "user:" + id), "Status", "active"));
    }

    private static void engine(Properties properties) {
        properties.oneOf("Engine", "valkey", "redis");
    }

    private CreatedResource createUserGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        engine(properties);
        String id = properties.string("UserGroupId");
        List<String> members = properties.strings("UserIds");
        members.forEach(member -> found(users, member, properties, "UserIds"));
        userGroups.put(id, members);
        properties.ignored("Tags", TAGS);
        return new CreatedResource(id,
                Map.of("Arn", account.arn("elasticache", "usergroup:" + id), "Status", "active"));
    }

    private CreatedResource createSubnetGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("CacheSubnetGroupName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 255));
        subnetGroups.put(name, properties.strings("SubnetIds"));
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", TAGS);
        return new CreatedResource(name, Map.of());
    }

    private CreatedResource createParameterGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = PhysicalNames.of(resource.stackName(), resource.logicalId(), 255);
        parameterGroups.put(name, properties.stringMap("Properties"));
        properties.ignored("CacheParameterGroupFamily", "Redis 6.2 stands for it");
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", TAGS);
        return new CreatedResource(name, Map.of());
    }

    private CreatedResource createReplicationGroup(ResourceDefinition resource) {
        Properties properties = resource.properties();
        if (group != null) {
            throw resource.refuse("a second replication group beside " + group, "one replication group");
        }
        engine(properties);
        if (!properties.optionalBool("TransitEncryptionEnabled").orElse(false)) {
            throw properties.refuse("TransitEncryptionEnabled", "true, since nobody signs in without it");
        }
        properties.oneOf("TransitEncryptionMode", "required");
        properties.oneOf("ClusterMode", "disabled");
        String id = properties.optionalString("ReplicationGroupId")
                .orElse(PhysicalNames.id(resource.stackName(), resource.logicalId()));
        Placement placement = new Placement(resource.constructPath(),
                found(subnetGroups, properties.string("CacheSubnetGroupName"), properties, "CacheSubnetGroupName"),
                properties.strings("SecurityGroupIds"));
        Map<String, String> parameters = properties.optionalString("CacheParameterGroupName")
                .map(name -> found(parameterGroups, name, properties, "CacheParameterGroupName")).orElse(Map.of());
        List<String> members = properties.strings("UserGroupIds").stream()
                .flatMap(name -> found(userGroups, name, properties, "UserGroupIds").stream()).toList();
        int templatePort = properties.optionalInteger("Port").orElse(6379);
        OPERATED.forEach(property -> properties.ignored(property, OPERATIONS));
        properties.ignored("CacheNodeType", "the laptop's memory and processors are what they are");
        properties.ignored("EngineVersion", "Redis 6.2 stands for it");
        properties.ignored("AtRestEncryptionEnabled", "nothing is encrypted at rest here");
        properties.ignored("KmsKeyId", "nothing is encrypted at rest here");
        properties.ignored("ReplicationGroupDescription", "text for people");
        properties.ignored("Tags", TAGS);
        Gate gate = open(resource, id, members, parameters, placement, templatePort);
        engines.add(gate);
        group = id;
        String port = Integer.toString(gate.port());
        return new CreatedResource(id, Map.of("PrimaryEndPoint.Address", gate.host(), "PrimaryEndPoint.Port", port,
                "ReaderEndPoint.Address", gate.host(), "ReaderEndPoint.Port", port));
    }

    private Gate open(ResourceDefinition resource, String id, List<String> members, Map<String, String> parameters,
                      Placement placement, int templatePort) {
        try {
            RedisEngine engine = engines.redis();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                engine.configure(parameter.getKey(), parameter.getValue());
            }
            Map<String, String> passwords = new HashMap<>();
            for (String member : members) {
                List<String> rules = new ArrayList<>(users.get(member));
                RESTRICTED.forEach(command -> rules.add("-" + command));
                rules.addAll(SIGN_IN);
                passwords.put(member, engine.defineUser(member, rules));
            }
            return RedisGate.open(engine, signIns, keys, id, account.arn("elasticache", "replicationgroup:" + id),
                    account.arn("elasticache", "user:"), passwords, placement, templatePort);
        } catch (IOException e) {
            throw resource.refuse(e.getMessage(), "what Redis 6.2 takes");
        }
    }

    private static <T> T found(Map<String, T> known, String name, Properties properties, String property) {
        T value = known.get(name);
        if (value == null) {
            throw properties.refuse(property, "those of these templates: " + known.keySet().stream().sorted().toList());
        }
        return value;
    }
}
