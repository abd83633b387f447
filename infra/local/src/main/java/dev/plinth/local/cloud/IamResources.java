package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.Callers;
import dev.plinth.local.door.Door;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.iam.Role;
import dev.plinth.local.iam.TrustPolicy;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Roles and their policies. A managed policy of AWS is refused: its text is not in the template. */
final class IamResources {
    private static final String SOURCE_ACCOUNT = "aws:SourceAccount";

    private final Account account;
    private final Callers callers;
    /** A policy that asks for a condition key that the door does not know is refused rather than misjudged. */
    private final PolicyReader reader = new PolicyReader(Door.conditionKeys());
    /** A service that takes a role on says for which account it does. */
    private final PolicyReader trustReader = new PolicyReader(Set.of(SOURCE_ACCOUNT));
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, TrustPolicy> trust = new ConcurrentHashMap<>();
    private final Map<String, Policy> managed = new LinkedHashMap<>();

    IamResources(Account account, Callers callers) {
        this.account = account;
        this.callers = callers;
    }

    CreatedResource createRole(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("RoleName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 64));
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", "nothing reads tags here");
        List<Policy> policies = new ArrayList<>();
        for (Properties inline : properties.objects("Policies")) {
            policies.add(reader.policy(inline.string("PolicyName"), resource.constructPath(), inline.json("PolicyDocument")));
        }
        for (String arn : properties.strings("ManagedPolicyArns")) {
            policies.add(managed(arn, properties, "ManagedPolicyArns"));
        }
        Optional<Policy> boundary = properties.optionalString("PermissionsBoundary")
                .map(arn -> managed(arn, properties, "PermissionsBoundary"));
        trust.put(name, trustReader.trustPolicy(name, resource.constructPath(), properties.json("AssumeRolePolicyDocument")));
        String arn = account.globalArn("iam", "role/" + name);
        define(new Role(name, arn, resource.constructPath(), policies, boundary));
        return new CreatedResource(name, Map.of("Arn", arn));
    }

    private Policy managed(String arn, Properties properties, String property) {
        Policy policy = managed.get(arn);
        if (policy == null) {
            throw properties.refuse(property, "managed policies of these templates");
        }
        return policy;
    }

    CreatedResource createManagedPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("ManagedPolicyName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 128));
        properties.ignored("Description", "text for people");
        Policy policy = reader.policy(name, resource.constructPath(), properties.json("PolicyDocument"));
        attach(policy, properties);
        String arn = account.globalArn("iam", "policy/" + name);
        managed.put(arn, policy);
        return new CreatedResource(arn, Map.of());
    }

    CreatedResource createPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        attach(reader.policy(properties.string("PolicyName"), resource.constructPath(), properties.json("PolicyDocument")),
                properties);
        return new CreatedResource(resource.logicalId(), Map.of());
    }

    private void attach(Policy policy, Properties properties) {
        for (String roleName : properties.strings("Roles")) {
            Role role = roles.get(roleName);
            if (role == null) {
                throw properties.refuse("Roles", "roles of these templates");
            }
            List<Policy> policies = new ArrayList<>(role.policies());
            policies.add(policy);
            define(new Role(role.name(), role.arn(), role.constructPath(), policies, role.boundary()));
        }
    }

    /** Returns the name of the role of an ARN, if it is one of these templates and lets the service assume it. */
    Optional<String> roleFor(String servicePrincipal, String arn) {
        return roles.values().stream().filter(role -> role.arn().equals(arn)).map(Role::name)
                .filter(name -> trust.get(name).trusts(servicePrincipal, Map.of(SOURCE_ACCOUNT, List.of(account.id()))))
                .findFirst();
    }

    /** Returns a role of these templates by the name that {@link #roleFor} gave. */
    Role role(String name) {
        return Optional.ofNullable(roles.get(name)).orElseThrow();
    }

    private void define(Role role) {
        roles.put(role.name(), role);
        callers.define(role);
    }
}
