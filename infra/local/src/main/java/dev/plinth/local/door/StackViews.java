package dev.plinth.local.door;

import dev.plinth.local.stack.ChangeSetView;
import dev.plinth.local.stack.StackEvent;
import dev.plinth.local.stack.StackStatus;
import dev.plinth.local.stack.StackView;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.PlannedResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Writes stacks, their resources and events as CloudFormation's API shows them. */
final class StackViews {
    static final QueryProtocol PROTOCOL = new QueryProtocol("http://cloudformation.amazonaws.com/doc/2010-05-15/");

    private StackViews() {
    }

    /** Returns a stack of the laptop's cloud as those look that programs deploy: all of it was created at the start. */
    static StackView of(DeployedStack stack, Instant created) {
        List<StackEvent> resources = stack.resources().stream()
                .map(resource -> new StackEvent(resource.logicalId(), created, resource.logicalId(),
                        resource.physicalId(), resource.type(), "CREATE_COMPLETE", Optional.empty()))
                .toList();
        return new StackView(stack.name(), stack.id(), stack.description(), "", StackStatus.CREATE_COMPLETE,
                Optional.empty(), created, Optional.empty(), stack.outputs(), resources, resources.size());
    }

    static AwsAnswer stacks(List<StackView> stacks) {
        return PROTOCOL.respond("DescribeStacks", xml -> xml.list("Stacks", stacks, stack -> {
            xml.text("StackName", stack.name());
            xml.text("StackId", stack.id());
            xml.text("Description", stack.description());
            xml.time("CreationTime", stack.createdAt());
            xml.text("DeletionTime", stack.deletedAt().map(Instant::toString));
            xml.text("RoleARN", Optional.of(stack.roleArn()).filter(arn -> !arn.isEmpty()));
            xml.text("StackStatus", stack.status().name());
            xml.text("StackStatusReason", stack.reason());
            xml.list("Outputs", stack.outputs(), output -> {
                xml.text("OutputKey", output.key());
                xml.text("OutputValue", output.value());
                xml.text("Description", output.description());
                xml.text("ExportName", output.exportName());
            });
        }));
    }

    static AwsAnswer resources(List<StackView> stacks) {
        List<Owned> all = stacks.stream()
                .flatMap(stack -> stack.resources().stream().map(resource -> new Owned(stack, resource))).toList();
        return PROTOCOL.respond("DescribeStackResources", xml -> xml.list("StackResources", all, owned -> {
            xml.text("StackName", owned.stack().name());
            xml.text("StackId", owned.stack().id());
            writeResource(xml, owned.event());
            xml.time("Timestamp", owned.event().time());
        }));
    }

    private record Owned(StackView stack, StackEvent event) {
    }

    static AwsAnswer resourceSummaries(StackView stack) {
        return PROTOCOL.respond("ListStackResources",
                xml -> xml.list("StackResourceSummaries", stack.resources(), resource -> {
                    writeResource(xml, resource);
                    xml.time("LastUpdatedTimestamp", resource.time());
                }));
    }

    private static void writeResource(QueryXml xml, StackEvent event) throws XMLStreamException {
        xml.text("LogicalResourceId", event.logicalId());
        xml.text("PhysicalResourceId", Optional.of(event.physicalId()).filter(id -> !id.isEmpty()));
        xml.text("ResourceType", event.type());
        xml.text("ResourceStatus", event.status());
        xml.text("ResourceStatusReason", event.reason());
    }

    /** @param next where the events go on; empty when these are the last */
    static AwsAnswer events(StackView stack, List<StackEvent> events, Optional<String> next) {
        return PROTOCOL.respond("DescribeStackEvents", xml -> {
            xml.list("StackEvents", events, event -> {
                xml.text("StackName", stack.name());
                xml.text("StackId", stack.id());
                xml.text("EventId", event.id());
                writeResource(xml, event);
                xml.time("Timestamp", event.time());
            });
            xml.text("NextToken", next);
        });
    }

    static AwsAnswer changeSet(ChangeSetView changeSet) {
        return PROTOCOL.respond("DescribeChangeSet", xml -> {
            xml.text("ChangeSetName", changeSet.name());
            xml.text("ChangeSetId", changeSet.id());
            xml.text("StackName", changeSet.stackName());
            xml.text("StackId", changeSet.stackId());
            xml.time("CreationTime", changeSet.createdAt());
            xml.text("Status", changeSet.status());
            xml.text("StatusReason", changeSet.reason());
            xml.text("ExecutionStatus", changeSet.execution());
            xml.text("OnStackFailure", "ROLLBACK");
            xml.list("Changes", changeSet.changes(), change -> writeChange(xml, change));
        });
    }

    private static void writeChange(QueryXml xml, PlannedResource change) throws XMLStreamException {
        xml.text("Type", "Resource");
        xml.parent("ResourceChange", () -> {
            xml.text("Action", "Add");
            xml.text("LogicalResourceId", change.logicalId());
            xml.text("ResourceType", change.type());
        });
    }

    static AwsAnswer createdChangeSet(ChangeSetView changeSet) {
        return PROTOCOL.respond("CreateChangeSet", xml -> {
            xml.text("Id", changeSet.id());
            xml.text("StackId", changeSet.stackId());
        });
    }

    /** Returns the answer of an operation that gives nothing back. */
    static AwsAnswer done(String operation) {
        return PROTOCOL.respond(operation, xml -> { });
    }
}
