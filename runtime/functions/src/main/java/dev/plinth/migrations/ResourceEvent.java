package dev.plinth.migrations;

import io.micronaut.json.tree.JsonNode;
import java.util.Locale;

/**
 * What CloudFormation asks of a custom resource (AWS CloudFormation User Guide, "Custom resource request objects").
 *
 * @param physicalId of the resource that there is; the one that it shall have when there is none yet
 */
record ResourceEvent(Type type, String responseUrl, String stackId, String requestId, String logicalId,
        String physicalId) {
    /** The same for ever: another one would make CloudFormation delete the old resource. */
    private static final String PHYSICAL_ID = "plinth-schema";

    enum Type { CREATE, UPDATE, DELETE }

    static ResourceEvent of(JsonNode event) {
        JsonNode physicalId = event.get("PhysicalResourceId");
        return new ResourceEvent(
                Type.valueOf(text(event, "RequestType").toUpperCase(Locale.ROOT)),
                text(event, "ResponseURL"),
                text(event, "StackId"),
                text(event, "RequestId"),
                text(event, "LogicalResourceId"),
                physicalId == null ? PHYSICAL_ID : physicalId.getStringValue());
    }

    private static String text(JsonNode event, String member) {
        JsonNode value = event.get(member);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("The event is none of a custom resource: it has no " + member);
        }
        return value.getStringValue();
    }
}
