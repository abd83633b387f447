package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.secrets.Passwords;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.secrets.SecretsException;
import dev.plinth.local.secrets.Version;
import dev.plinth.local.secrets.Version.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Secrets Manager's calls of readers and of rotation functions. Templates make secrets, so no call does. */
final class SecretsManagerService implements AwsService {
    /** The condition keys that policies may ask for. */
    static final Set<String> CONDITION_KEYS = Set.of("secretsmanager:SecretId", "secretsmanager:VersionId",
            "secretsmanager:VersionStage", "secretsmanager:resource/AllowRotationLambdaArn");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Secrets secrets;
    private final Rotations rotations;
    private final Function<String, Optional<Policy>> policies;

    /** @param policies the resource policy of a secret by its ARN */
    SecretsManagerService(Secrets secrets, Rotations rotations, Function<String, Optional<Policy>> policies) {
        this.secrets = secrets;
        this.rotations = rotations;
        this.policies = policies;
    }

    @Override
    public String name() {
        return "secretsmanager";
    }

    @Override
    public AwsCall parse(DoorRequest request) throws IOException {
        String target = request.headers().getOrDefault("x-amz-target", "");
        return new AwsCall(name(), target.substring(target.lastIndexOf('.') + 1), JSON.readTree(request.body()),
                Map.of(), request.body());
    }

    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        return switch (call.operation()) {
            case "GetSecretValue", "DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage",
                    "ListSecretVersionIds", "RotateSecret" -> Optional.of(List.of(onSecret(call)));
            case "GetRandomPassword" -> Optional.of(List.of(new AccessRequest(call.name(), "*", Map.of())));
            default -> Optional.empty();
        };
    }

    private AccessRequest onSecret(AwsCall call) {
        String id = call.input().path("SecretId").asText();
        Map<String, List<String>> context = new HashMap<>();
        // The door stands for an endpoint that has TLS.
        context.put("aws:SecureTransport", List.of("true"));
        context.put("secretsmanager:SecretId", List.of(id));
        text(call, "VersionId").ifPresent(version -> context.put("secretsmanager:VersionId", List.of(version)));
        text(call, "VersionStage").ifPresent(stage -> context.put("secretsmanager:VersionStage", List.of(stage)));
        secrets.rotationFunction(id).ifPresent(
                function -> context.put("secretsmanager:resource/AllowRotationLambdaArn", List.of(function)));
        return new AccessRequest(call.name(), secrets.arnOf(id), context);
    }

    @Override
    public Optional<Policy> resourcePolicy(String resourceArn) {
        return policies.apply(resourceArn);
    }

    @Override
    public AwsAnswer answer(AwsCall call) {
        try {
            return switch (call.operation()) {
                case "GetSecretValue" -> getValue(call);
                case "DescribeSecret" -> describe(call);
                case "PutSecretValue" -> putValue(call);
                case "UpdateSecretVersionStage" -> updateStage(call);
                case "ListSecretVersionIds" -> listVersions(call);
                case "RotateSecret" -> rotate(call);
                case "GetRandomPassword" -> ok(JSON.createObjectNode()
                        .put("RandomPassword", Passwords.generate(rules(call))));
                default -> error(400, "UnknownOperationException",
                        "The laptop's cloud does not answer " + call.name() + ".");
            };
        } catch (SecretsException e) {
            return error(400, e.code(), e.getMessage());
        }
    }

    private AwsAnswer getValue(AwsCall call) {
        Version version = secrets.read(id(call), text(call, "VersionId"), text(call, "VersionStage"));
        Value value = version.value().orElseThrow();
        ObjectNode answer = identified(call);
        answer.put("VersionId", version.id());
        answer.put(value.binary() ? "SecretBinary" : "SecretString", value.content());
        answer.set("VersionStages", stages(version));
        answer.set("CreatedDate", seconds(version.created()));
        return ok(answer);
    }

    private AwsAnswer describe(AwsCall call) {
        Secrets.View secret = secrets.view(id(call));
        ObjectNode answer = identified(call);
        secret.description().ifPresent(text -> answer.put("Description", text));
        answer.set("CreatedDate", seconds(secret.created()));
        answer.set("LastChangedDate", seconds(secret.changed()));
        secret.rotation().ifPresent(rotation -> {
            answer.put("RotationEnabled", true);
            answer.put("RotationLambdaARN", rotation.functionArn());
            answer.putObject("RotationRules")
                    .put("ScheduleExpression", "rate(" + rotation.every().toHours() + " hours)");
        });
        secret.rotated().ifPresent(time -> answer.set("LastRotatedDate", seconds(time)));
        secret.nextRotation().ifPresent(time -> answer.set("NextRotationDate", seconds(time)));
        ObjectNode versions = answer.putObject("VersionIdsToStages");
        secret.versions().stream().filter(version -> !version.stages().isEmpty())
                .forEach(version -> versions.set(version.id(), stages(version)));
        return ok(answer);
    }

    private AwsAnswer putValue(AwsCall call) {
        Optional<String> string = text(call, "SecretString");
        Optional<String> binary = text(call, "SecretBinary");
        if (string.isPresent() == binary.isPresent()) {
            throw SecretsException.invalidParameter("You must provide either SecretString or SecretBinary.");
        }
        Set<String> wanted = new LinkedHashSet<>();
        call.input().path("VersionStages").forEach(stage -> wanted.add(stage.asText()));
        Version version = secrets.put(id(call), text(call, "ClientRequestToken").orElse(UUID.randomUUID().toString()),
                string.map(Value::text).orElseGet(() -> new Value(binary.orElseThrow(), true)), wanted);
        ObjectNode answer = identified(call);
        answer.put("VersionId", version.id());
        answer.set("VersionStages", stages(version));
        return ok(answer);
    }

    private AwsAnswer updateStage(AwsCall call) {
        String stage = text(call, "VersionStage").orElseThrow(
                () -> SecretsException.invalidParameter("You must provide VersionStage."));
        secrets.moveStage(id(call), stage, text(call, "MoveToVersionId"), text(call, "RemoveFromVersionId"));
        return ok(identified(call));
    }

    private AwsAnswer listVersions(AwsCall call) {
        boolean deprecated = call.input().path("IncludeDeprecated").asBoolean();
        ObjectNode answer = identified(call);
        ArrayNode versions = answer.putArray("Versions");
        secrets.view(id(call)).versions().stream().filter(version -> deprecated || !version.stages().isEmpty())
                .forEach(version -> {
                    ObjectNode entry = versions.addObject().put("VersionId", version.id());
                    entry.set("VersionStages", stages(version));
                    entry.set("CreatedDate", seconds(version.created()));
                });
        return ok(answer);
    }

    private AwsAnswer rotate(AwsCall call) {
        if (call.input().has("RotationLambdaARN") || call.input().has("RotationRules")) {
            throw SecretsException.invalidRequest("On the laptop, templates alone say how a secret is rotated.");
        }
        String version = rotations.rotateInBackground(id(call));
        return ok(identified(call).put("VersionId", version));
    }

    private static Passwords.Rules rules(AwsCall call) {
        JsonNode input = call.input();
        return new Passwords.Rules(input.path("PasswordLength").asInt(32), input.path("ExcludeCharacters").asText(),
                input.path("ExcludeNumbers").asBoolean(), input.path("ExcludePunctuation").asBoolean(),
                input.path("ExcludeUppercase").asBoolean(), input.path("ExcludeLowercase").asBoolean(),
                input.path("IncludeSpace").asBoolean(), input.path("RequireEachIncludedType").asBoolean(true));
    }

    private ObjectNode identified(AwsCall call) {
        Secrets.View secret = secrets.view(id(call));
        return JSON.createObjectNode().put("ARN", secret.arn()).put("Name", secret.name());
    }

    private static String id(AwsCall call) {
        return text(call, "SecretId")
                .orElseThrow(() -> SecretsException.invalidParameter("You must provide SecretId."));
    }

    private static Optional<String> text(AwsCall call, String name) {
        return Optional.ofNullable(call.input().path(name).textValue());
    }

    private static ArrayNode stages(Version version) {
        ArrayNode stages = JSON.createArrayNode();
        version.stages().forEach(stages::add);
        return stages;
    }

    private static JsonNode seconds(Instant time) {
        return JSON.getNodeFactory().numberNode(time.toEpochMilli() / 1000.0);
    }

    private static AwsAnswer ok(ObjectNode body) {
        return json(200, body);
    }

    /** A denial is a 400 as well: this protocol has no other status for what the caller did. */
    @Override
    public AwsAnswer error(int status, String code, String message) {
        return json(status < 500 ? 400 : status, JSON.createObjectNode().put("__type", code).put("message", message));
    }

    private static AwsAnswer json(int status, ObjectNode body) {
        return new AwsAnswer(status, Map.of("content-type", "application/x-amz-json-1.1",
                "x-amzn-requestid", UUID.randomUUID().toString()), body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
