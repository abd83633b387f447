package dev.plinth.demo;

import dev.plinth.contract.Setting;
import java.net.URI;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** The outputs of a stage that the demo needs. */
record Plinth(URI api, String operatorEmail) {

    /** Reads the outputs; endpoint, region and credentials come from the environment, as for every tool of AWS. */
    static Plinth of(String stage) {
        try (CloudFormationClient client = CloudFormationClient.create()) {
            return new Plinth(URI.create(output(client, stage, Setting.API_URL)),
                    output(client, stage, Setting.OPERATOR_EMAIL));
        }
    }

    private static String output(CloudFormationClient client, String stage, Setting setting) {
        String stack = setting.owner().nameIn(stage);
        return client.describeStacks(request -> request.stackName(stack)).stacks().get(0).outputs().stream()
                .filter(output -> output.outputKey().equals(setting.outputKey()))
                .map(Output::outputValue).findFirst()
                .orElseThrow(() -> new BrokenPromise("Stack " + stack + " has no output " + setting.outputKey()));
    }
}
