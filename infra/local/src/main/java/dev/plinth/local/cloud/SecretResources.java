package dev.plinth.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.door.Door;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.iam.PolicyReader;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.Outcome;
import dev.plinth.local.secrets.Passwords;
import dev.plinth.local.secrets.Rotation;
import dev.plinth.local.secrets.RotationException;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.secrets.Secrets.Origin;
import dev.plinth.local.secrets.SecretsException;
import dev.plinth.local.secrets.Version.Value;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets, their policies and their rotation schedules. */
final class SecretResources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRETS_MANAGER = "secretsmanager.amazonaws.com";
    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,3}) (hours?|days?)\\)");

    private final PolicyReader reader = new PolicyReader(Door.conditionKeysOfSecrets());
    private final Map<String, Policy> policies = new ConcurrentHashMap<>();
    private final Secrets secrets;
    private final FunctionResources functions;
    private final Lambda lambda;
    /** What rotates at once, by the ARN of the secret; the value is the construct that says so. */
    private final Map<String, String> immediate = new LinkedHashMap<>();

    SecretResources(Secrets secrets, FunctionResources functions, Lambda lambda) {
        this.secrets = secrets;
        this.functions = functions;
        this.lambda = lambda;
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                "AWS::SecretsManager::Secret", this::createSecret,
                "AWS::SecretsManager::ResourcePolicy", this::createPolicy,
                "AWS::SecretsManager::RotationSchedule", this::createRotationSchedule);
    }

    private CreatedResource createSecret(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String name = properties.optionalString("Name")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 255));
        properties.ignored("KmsKeyId", "nothing is encrypted at rest here");
        properties.ignored("Tags", "nothing reads tags here");
        Optional<Origin> written = properties.optionalString("SecretString")
                .map(text -> new TemplateOrigin(text, () -> Value.text(text)));
        Optional<Origin> generated = properties.optionalObject("GenerateSecretString").map(SecretResources::generated);
        if (written.isPresent() && generated.isPresent()) {
            throw properties.refuse("GenerateSecretString",
                    "a secret with either SecretString or GenerateSecretString");
        }
        String arn = secrets.define(name, properties.optionalString("Description"), written.or(() -> generated));
        return new CreatedResource(arn, Map.of("Id", arn));
    }

    /** @param definition what the template says, of which a digest is kept and no more */
    private record TemplateOrigin(String definition, Supplier<Value> maker) implements Origin {
        @Override
        public String digest() {
            return PhysicalNames.digest(definition);
        }

        @Override
        public Value value() {
            return maker.get();
        }
    }

    private static Origin generated(Properties properties) {
        Passwords.Rules rules = new Passwords.Rules(
                properties.optionalInteger("PasswordLength").orElse(32),
                properties.optionalString("ExcludeCharacters").orElse(""),
                flag(properties, "ExcludeNumbers"),
                flag(properties, "ExcludePunctuation"),
                flag(properties, "ExcludeUppercase"),
                flag(properties, "ExcludeLowercase"),
                flag(properties, "IncludeSpace"),
                properties.optionalBool("RequireEachIncludedType").orElse(true));
        Optional<String> template = properties.optionalString("SecretStringTemplate");
        Optional<String> key = properties.optionalString("GenerateStringKey");
        if (template.isPresent() != key.isPresent()) {
            throw properties.refuse("GenerateStringKey",
                    "SecretStringTemplate and GenerateStringKey together, or neither");
        }
        return new TemplateOrigin(rules + " " + template + " " + key, () -> {
            try {
                String password = Passwords.generate(rules);
                return Value.text(template.isEmpty() ? password
                        : merged(template.get(), key.get(), password, properties));
            } catch (SecretsException e) {
                throw properties.refuse("PasswordLength", e.getMessage());
            }
        });
    }

    private static String merged(String template, String key, String password, Properties properties) {
        try {
            if (JSON.readTree(template) instanceof ObjectNode object) {
                return object.put(key, password).toString();
            }
            throw properties.refuse("SecretStringTemplate", "a JSON object");
        } catch (JsonProcessingException e) {
            throw properties.refuse("SecretStringTemplate", "a JSON object");
        }
    }

    private static boolean flag(Properties properties, String name) {
        return properties.optionalBool(name).orElse(false);
    }

    private CreatedResource createPolicy(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String arn = secretArn(properties);
        policies.put(arn, reader.denials(resource.logicalId(), resource.constructPath(),
                properties.json("ResourcePolicy")));
        properties.ignored("BlockPublicPolicy", "a secret's policy can only deny here");
        return new CreatedResource(arn, Map.of("Id", arn));
    }

    /** Returns the policy of the secret of an ARN. */
    Optional<Policy> policyOf(String arn) {
        return Optional.ofNullable(policies.get(arn));
    }

    private String secretArn(Properties properties) {
        try {
            return secrets.view(properties.string("SecretId")).arn();
        } catch (SecretsException e) {
            throw properties.refuse("SecretId", "a secret of these templates");
        }
    }

    private CreatedResource createRotationSchedule(ResourceDefinition resource) {
        Properties properties = resource.properties();
        String arn = secretArn(properties);
        String functionArn = properties.string("RotationLambdaARN");
        if (lambda.find(functionArn).isEmpty()) {
            throw properties.refuse("RotationLambdaARN", "a function of these templates");
        }
        Properties rules = properties.object("RotationRules");
        rules.ignored("Duration", "a rotation begins as soon as it is due");
        Duration every = rules.optionalInteger("AutomaticallyAfterDays").map(Duration::ofDays)
                .orElseGet(() -> rate(rules));
        secrets.schedule(arn, new Rotation(functionArn, every));
        if (properties.optionalBool("RotateImmediatelyOnUpdate").orElse(true)) {
            immediate.put(arn, resource.constructPath());
        }
        return new CreatedResource(arn, Map.of("Id", arn));
    }

    private static Duration rate(Properties rules) {
        Matcher rate = RATE.matcher(rules.string("ScheduleExpression"));
        if (!rate.matches()) {
            throw rules.refuse("ScheduleExpression", "rate(N hours) and rate(N days)");
        }
        long count = Long.parseLong(rate.group(1));
        return rate.group(2).startsWith("hour") ? Duration.ofHours(count) : Duration.ofDays(count);
    }

    /**
     * Runs the rotations that their schedules want at once. A kept secret that has been rotated already waits for its
     * schedule, as it does on AWS when a deployment does not change it.
     *
     * @throws LaptopCloud.StartException when one fails, with the reason
     */
    void rotateAtOnce(Rotations rotations, Progress progress) {
        immediate.forEach((arn, constructPath) -> {
            Secrets.View secret = secrets.view(arn);
            if (secret.rotated().isPresent() && secret.nextRotation().orElseThrow().isAfter(Instant.now())) {
                return;
            }
            try {
                rotations.rotate(arn);
                progress.step("The first rotation of " + secret.name() + " succeeded");
            } catch (RotationException e) {
                throw new LaptopCloud.StartException(constructPath + ": " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LaptopCloud.StartException("Interrupted while rotating " + secret.name());
            }
        });
    }

    /** Runs a step of a rotation, if a permission of the templates lets Secrets Manager invoke the function. */
    void invokeRotation(String functionArn, String secretArn, byte[] event) throws InterruptedException {
        if (!functions.mayInvoke(functionArn, SECRETS_MANAGER, secretArn)) {
            throw new RotationException("No AWS::Lambda::Permission lets " + SECRETS_MANAGER + " invoke "
                    + functionArn);
        }
        FunctionPool function = lambda.find(functionArn)
                .orElseThrow(() -> new RotationException("There is no function " + functionArn));
        if (function.invoke(event) instanceof Outcome.Failed failed) {
            throw new RotationException(failed.reason());
        }
    }
}
