package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import software.constructs.Construct;

/** The objects: state that outlives the stacks that make and read it. */
final class StorageStack extends StageStack {
    private final ArtifactsBucket artifacts;

    StorageStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.STORAGE, "Plinth: S3 buckets", stage, settings);
        this.artifacts = new ArtifactsBucket(this, "Artifacts", stage);
        publish(Setting.ARTIFACTS_BUCKET_NAME, artifacts.name());
    }

    ArtifactsBucket artifacts() {
        return artifacts;
    }
}
