package dev.plinth.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Creates and deletes tables in the engine, over DynamoDB's JSON protocol, whose shapes CloudFormation's properties share. */
public final class DynamoDbTables {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String START_ANEW = "\nStart with another --data directory, or delete this one to begin anew.";

    private final URI engine;
    private final HttpClient client = HttpClient.newHttpClient();

    public DynamoDbTables(URI engine) {
        this.engine = engine;
    }

    /** A table that cannot be what the template asks for; the message says why. */
    public static final class TableException extends Exception {
        private static final long serialVersionUID = 1L;

        TableException(String message) {
            super(message);
        }
    }

    /**
     * Creates the table, or finds it in kept data.
     *
     * @param definition CreateTable's input, without its billing mode
     * @param timeToLive the attribute of the expiry, if any
     * @throws TableException when kept data holds a table of that name with other keys or indexes
     */
    public void create(ObjectNode definition, Optional<String> timeToLive)
            throws IOException, InterruptedException, TableException {
        ObjectNode input = definition.deepCopy();
        input.put("BillingMode", "PAY_PER_REQUEST");
        HttpResponse<String> created = call("CreateTable", input);
        if (created.statusCode() != 200) {
            if (!created.body().contains("ResourceInUseException")) {
                throw new TableException("DynamoDB Local refused the table: " + created.body());
            }
            compare(definition);
        }
        expire(definition, timeToLive);
    }

    /** Sets the expiry also where kept data lacks it: the template may have gained it since. */
    private void expire(ObjectNode definition, Optional<String> timeToLive)
            throws IOException, InterruptedException, TableException {
        ObjectNode name = JSON.createObjectNode();
        name.set("TableName", definition.get("TableName"));
        Optional<String> kept = Optional.ofNullable(JSON.readTree(call("DescribeTimeToLive", name).body())
                .path("TimeToLiveDescription").path("AttributeName").textValue());
        if (kept.equals(timeToLive)) {
            return;
        }
        if (kept.isPresent()) {
            throw new TableException("The data directory holds this table with the expiry attribute " + kept.get()
                    + "; the template has " + timeToLive.orElse("none") + "." + START_ANEW);
        }
        ObjectNode expiry = name.deepCopy();
        expiry.putObject("TimeToLiveSpecification").put("Enabled", true).put("AttributeName", timeToLive.get());
        HttpResponse<String> set = call("UpdateTimeToLive", expiry);
        if (set.statusCode() != 200) {
            throw new TableException("DynamoDB Local refused the time to live: " + set.body());
        }
    }

    /**
     * Deletes the table; one that is not there is deleted.
     *
     * @throws TableException when the engine refuses
     */
    public void delete(String name) throws IOException, InterruptedException, TableException {
        HttpResponse<String> deleted = call("DeleteTable", JSON.createObjectNode().put("TableName", name));
        if (deleted.statusCode() != 200 && !deleted.body().contains("ResourceNotFoundException")) {
            throw new TableException("DynamoDB Local refused to delete the table: " + deleted.body());
        }
    }

    private void compare(ObjectNode definition) throws IOException, InterruptedException, TableException {
        ObjectNode name = JSON.createObjectNode();
        name.set("TableName", definition.get("TableName"));
        JsonNode kept = JSON.readTree(call("DescribeTable", name).body()).path("Table");
        String wanted = shape(definition);
        String found = shape(kept);
        if (!wanted.equals(found)) {
            throw new TableException("The data directory holds this table with another shape.\n  template: " + wanted
                    + "\n  kept:     " + found + START_ANEW);
        }
    }

    private static String shape(JsonNode table) {
        Set<String> indexes = new TreeSet<>();
        for (JsonNode index : table.path("GlobalSecondaryIndexes")) {
            indexes.add(index.path("IndexName").asText() + keys(index) + index.path("Projection").path("ProjectionType").asText());
        }
        Set<String> types = new TreeSet<>();
        for (JsonNode attribute : table.path("AttributeDefinitions")) {
            types.add(attribute.path("AttributeName").asText() + " " + attribute.path("AttributeType").asText());
        }
        return keys(table) + " types " + types + " indexes " + indexes;
    }

    private static String keys(JsonNode tableOrIndex) {
        StringBuilder keys = new StringBuilder("(");
        for (JsonNode key : (ArrayNode) tableOrIndex.path("KeySchema")) {
            keys.append(key.path("AttributeName").asText()).append(' ').append(key.path("KeyType").asText()).append(' ');
        }
        return keys.append(')').toString();
    }

    private HttpResponse<String> call(String operation, ObjectNode input) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(engine)
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=laptop/20260101/laptop/dynamodb/aws4_request, "
                        + "SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(input.toString())).build(), HttpResponse.BodyHandlers.ofString());
    }
}
