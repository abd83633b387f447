package dev.plinth.tokens;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** One secret, with versions and stages as the Secrets Manager API reference has them. */
final class MemorySecrets implements SecretsManagerClient {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<String>> stages = new LinkedHashMap<>();
    private boolean down;
    private int reads;

    /** Does what Secrets Manager does before it starts the rotation function. */
    void beginRotation(String version) {
        move("AWSPENDING", version);
    }

    /** Makes a version current that no rotation made. */
    void putCurrent(String version, String value) {
        values.put(version, value);
        move("AWSCURRENT", version);
    }

    void down(boolean unreachable) {
        down = unreachable;
    }

    /** Returns how often a value was read. */
    int reads() {
        return reads;
    }

    String versionAt(String stage) {
        return stages.entrySet().stream().filter(entry -> entry.getValue().contains(stage)).map(Map.Entry::getKey)
                .findFirst().orElse(null);
    }

    private void move(String stage, String version) {
        stages.values().forEach(labels -> labels.remove(stage));
        stages.computeIfAbsent(version, first -> new ArrayList<>()).add(stage);
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
        return DescribeSecretResponse.builder().rotationEnabled(true).versionIdsToStages(stages).build();
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        reads++;
        if (down) {
            throw SdkClientException.create("no route", new ConnectException("refused"));
        }
        String version = request.versionId() == null ? versionAt("AWSCURRENT") : request.versionId();
        if (version == null || !values.containsKey(version)) {
            throw ResourceNotFoundException.builder().message("Secrets Manager can't find the value").build();
        }
        return GetSecretValueResponse.builder().versionId(version).secretString(values.get(version)).build();
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
        String before = values.putIfAbsent(request.clientRequestToken(), request.secretString());
        if (before != null && !before.equals(request.secretString())) {
            throw ResourceExistsException.builder().message("The version has another value").build();
        }
        request.versionStages().forEach(stage -> move(stage, request.clientRequestToken()));
        return PutSecretValueResponse.builder().build();
    }

    @Override
    public UpdateSecretVersionStageResponse updateSecretVersionStage(UpdateSecretVersionStageRequest request) {
        String from = versionAt(request.versionStage());
        if (from != null && !from.equals(request.removeFromVersionId())) {
            throw InvalidParameterException.builder().message("The stage is at version " + from).build();
        }
        move(request.versionStage(), request.moveToVersionId());
        return UpdateSecretVersionStageResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "secretsmanager";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
