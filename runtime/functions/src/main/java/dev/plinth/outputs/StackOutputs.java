package dev.plinth.outputs;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Reads the settings of a stage from the outputs of its stacks. */
public final class StackOutputs {
    private final CloudFormationClient cloudFormation;
    private final String stage;

    /**
     * Reads nothing yet.
     *
     * @param cloudFormation a client for the account and region of the stage; the caller closes it
     * @param stage          a stage's name in lower case, for example {@code dev}
     */
    public StackOutputs(CloudFormationClient cloudFormation, String stage) {
        this.cloudFormation = cloudFormation;
        this.stage = stage;
    }

    /**
     * Returns the value of every setting, asking for each stack once.
     *
     * @throws IllegalStateException when a stack or an output is missing; it names all that are
     */
    public Map<Setting, String> read() {
        List<String> missing = new ArrayList<>();
        Map<StackId, Map<String, String>> outputs = new EnumMap<>(StackId.class);
        for (StackId stack : new TreeSet<>(Arrays.stream(Setting.values()).map(Setting::owner).toList())) {
            describe(stack).ifPresentOrElse(found -> outputs.put(stack, found),
                    () -> missing.add("the stack " + stack.nameIn(stage)));
        }
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Map<String, String> owned = outputs.get(setting.owner());
            if (owned != null && owned.containsKey(setting.outputKey())) {
                settings.put(setting, owned.get(setting.outputKey()));
            } else if (owned != null) {
                missing.add("the output " + setting.outputKey() + " of the stack " + setting.owner().nameIn(stage));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The stage " + stage + " lacks " + String.join(", ", missing)
                    + ". Deploy it first, or check the account and the region.");
        }
        return settings;
    }

    private Optional<Map<String, String>> describe(StackId stack) {
        try {
            return cloudFormation.describeStacks(request -> request.stackName(stack.nameIn(stage))).stacks().stream()
                    .findFirst()
                    .map(found -> found.outputs().stream()
                            .collect(Collectors.toMap(Output::outputKey, Output::outputValue)));
        } catch (CloudFormationException refused) {
            // CloudFormation has no code of its own for an unknown stack.
            if (refused.awsErrorDetails().errorCode().equals("ValidationError")) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
