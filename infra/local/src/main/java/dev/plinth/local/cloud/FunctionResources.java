package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.FileAssets;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Functions, their versions and aliases, and who may invoke them. */
final class FunctionResources {
    private final Account account;
    private final FileAssets assets;
    private final IamResources iam;
    private final Lambda lambda;
    private final FunctionPlaces places;
    private final List<Permission> permissions = new ArrayList<>();

    private record Permission(String functionArn, String principal, Pattern sourceArn) {
    }

    FunctionResources(Account account, FileAssets assets, IamResources iam, Lambda lambda, FunctionPlaces places) {
        this.account = account;
        this.places = places;
        this.assets = assets;
        this.iam = iam;
        this.lambda = lambda;
    }

    CreatedResource createFunction(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("FunctionName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 64));
        properties.oneOf("Runtime", "java17", "java21", "java25");
        String arn = account.arn("lambda", "function:" + name);
        lambda.add(new FunctionDefinition(
                name,
                arn,
                resource.constructPath(),
                code(properties),
                properties.string("Handler"),
                properties.optionalInteger("MemorySize").orElse(128),
                Duration.ofSeconds(properties.optionalInteger("Timeout").orElse(3)),
                properties.optionalObject("Environment").map(environment -> environment.stringMap("Variables")).orElse(Map.of()),
                iam.roleFor("lambda.amazonaws.com", properties.string("Role"))
                        .orElseThrow(() -> properties.refuse("Role", "a role of these templates that trusts lambda.amazonaws.com")),
                startsFromSnapshot(properties),
                properties.optionalInteger("ReservedConcurrentExecutions")));
        places.place(resource, iam.roleFor("lambda.amazonaws.com", properties.string("Role")).orElseThrow());
        properties.ignored("Description", "text for people");
        properties.ignored("Architectures", "the laptop has its own processor");
        properties.ignored("LoggingConfig", "log lines go to the terminal as they are written");
        properties.ignored("TracingConfig", "no traces are kept");
        properties.ignored("Tags", "nothing reads tags here");
        return new CreatedResource(name, Map.of("Arn", arn));
    }

    private Path code(Properties properties) {
        Properties code = properties.object("Code");
        return assets.asset(code.string("S3Bucket"), code.string("S3Key"))
                .orElseThrow(() -> properties.refuse("Code", "an asset of this assembly"));
    }

    private static boolean startsFromSnapshot(Properties properties) {
        return properties.optionalObject("SnapStart").flatMap(snap -> snap.oneOf("ApplyOn", "PublishedVersions", "None"))
                .filter("PublishedVersions"::equals).isPresent();
    }

    CreatedResource createVersion(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String arn = arn(properties.string("FunctionName")) + ":1";
        properties.ignored("Description", "text for people");
        return new CreatedResource(arn, Map.of("Version", "1", "FunctionArn", arn));
    }

    CreatedResource createAlias(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String arn = arn(properties.string("FunctionName")) + ":" + properties.string("Name");
        properties.ignored("FunctionVersion", "there is one version here");
        properties.ignored("Description", "text for people");
        return new CreatedResource(arn, Map.of("AliasArn", arn));
    }

    CreatedResource createPermission(ResourceDefinition resource) {
        Properties properties = resource.properties();
        properties.oneOf("Action", "lambda:InvokeFunction");
        permissions.add(new Permission(arn(properties.string("FunctionName")), properties.string("Principal"),
                pattern(properties.optionalString("SourceArn").orElse("*"))));
        properties.ignored("SourceAccount", "there is one account here");
        return new CreatedResource(resource.logicalId(), Map.of());
    }

    /** Returns a function of these templates by its name or an ARN. */
    Optional<FunctionPool> find(String nameOrArn) {
        return lambda.find(arn(nameOrArn));
    }

    /** Whether the function's resource policy lets a service invoke it for a resource, for example a route of an API. */
    boolean mayInvoke(String functionArn, String service, String sourceArn) {
        return permissions.stream().anyMatch(permission -> permission.functionArn().equals(functionArn)
                && permission.principal().equals(service) && permission.sourceArn().matcher(sourceArn).matches());
    }

    /** A star spans segments, as in the policy that Lambda makes of the permission. */
    private static Pattern pattern(String arn) {
        return Pattern.compile(("\\Q" + arn + "\\E").replace("*", "\\E.*\\Q"));
    }

    private String arn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn("lambda", "function:" + nameOrArn);
    }
}
