package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CrossStackReferences;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * A stack of one stage: named, tagged and protected as the stage says. It names no account and no region, so synthesis
 * looks nothing up, and one template fits every account.
 */
abstract class StageStack extends Stack {
    private final StackId id;
    private final SettingValues settings;

    StageStack(Construct scope, StackId id, String description, Stage stage, SettingValues settings) {
        super(scope, stage.stackName(id), StackProps.builder()
                .description(description)
                // CloudFormation puts a stack's tags on every resource that can bear them.
                .tags(Map.of("project", "plinth", "stage", stage.name()))
                .terminationProtection(!stage.disposable())
                .build());
        this.id = id;
        this.settings = settings;
    }

    /**
     * Lets nothing that this stack uses change beneath it: CloudFormation refuses to change or delete a value that is
     * imported (ADR 0002).
     */
    final void holdWhatItUses() {
        CrossStackReferences.of(this).consume(ReferenceStrength.STRONG);
    }

    /** Exports a setting that this stack owns: as an output for programs, and as a value for stacks after this one. */
    final void publish(Setting setting, String value) {
        settings.add(id, setting, value);
        CfnOutput.Builder.create(this, setting.outputKey()).value(value).build();
    }
}
