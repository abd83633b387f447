package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.ResourceDefinition;
import java.util.Map;

/**
 * The one list of resource types that the templates may hold and that do nothing on the laptop. Properties of other
 * types that do nothing are declared where the type is created. Both are printed at the start and shown on the console
 * page.
 */
final class WithoutEffect {
    /** Resource types that are accepted and do nothing, each with the reason. */
    static final Map<String, String> TYPES = Map.of(
            "AWS::CDK::Metadata", "usage figures for AWS",
            "AWS::CloudWatch::Alarm", "no metrics are kept; faults show on the console page",
            "AWS::CloudWatch::Dashboard", "the console page stands for it",
            "AWS::EC2::FlowLog", "no packets are sent, so none are logged",
            "AWS::Logs::LogGroup", "log lines go to the terminal and are not kept",
            "AWS::Logs::MetricFilter", "the console page counts the metrics of log lines by their field");

    private WithoutEffect() {
    }

    /** Returns what references to such a resource resolve to. */
    static CreatedResource standIn(ResourceDefinition resource, Account account) {
        String name = PhysicalNames.of(resource.stackName(), resource.logicalId(), 255);
        return switch (resource.type()) {
            case "AWS::Logs::LogGroup" -> new CreatedResource(name, Map.of("Arn", account.arn("logs", "log-group:" + name + ":*")));
            case "AWS::CloudWatch::Alarm" -> new CreatedResource(name, Map.of("Arn", account.arn("cloudwatch", "alarm:" + name)));
            default -> new CreatedResource(name, Map.of());
        };
    }
}
