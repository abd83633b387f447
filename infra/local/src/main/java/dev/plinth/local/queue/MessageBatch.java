package dev.plinth.local.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Messages that are given to a function at once: their event in Lambda's form, and what the function's answer says of
 * them. Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".
 *
 * @param messages as SQS gave them
 */
record MessageBatch(List<JsonNode> messages) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] event(String queueArn, String region) {
        ObjectNode event = JSON.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (JsonNode message : messages) {
            ObjectNode record = records.addObject();
            record.put("messageId", id(message));
            record.put("receiptHandle", message.path("ReceiptHandle").asText());
            record.put("body", message.path("Body").asText());
            ObjectNode attributes = record.putObject("attributes");
            message.path("Attributes").properties()
                    .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
            ObjectNode named = record.putObject("messageAttributes");
            message.path("MessageAttributes").properties()
                    .forEach(attribute -> named.set(attribute.getKey(), attribute(attribute.getValue())));
            record.put("md5OfBody", message.path("MD5OfBody").asText());
            if (message.hasNonNull("MD5OfMessageAttributes")) {
                record.put("md5OfMessageAttributes", message.path("MD5OfMessageAttributes").asText());
            }
            record.put("eventSource", "aws:sqs");
            record.put("eventSourceARN", queueArn);
            record.put("awsRegion", region);
        }
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is written into memory", e);
        }
    }

    private static ObjectNode attribute(JsonNode value) {
        ObjectNode attribute = JSON.createObjectNode();
        if (value.hasNonNull("StringValue")) {
            attribute.put("stringValue", value.path("StringValue").asText());
        }
        if (value.hasNonNull("BinaryValue")) {
            attribute.put("binaryValue", value.path("BinaryValue").asText());
        }
        attribute.putArray("stringListValues");
        attribute.putArray("binaryListValues");
        attribute.put("dataType", value.path("DataType").asText());
        return attribute;
    }

    List<String> allReceipts() {
        return messages.stream().map(message -> message.path("ReceiptHandle").asText()).toList();
    }

    /** An answer that does not say which messages failed, so that all of them count as failed. */
    static final class MalformedAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Returns the receipts of the messages that an answer does not name as failed.
     *
     * @throws MalformedAnswerException for an answer after which Lambda gives back the whole batch
     */
    List<String> succeeded(byte[] answer) throws MalformedAnswerException {
        Set<String> failed = new HashSet<>();
        for (JsonNode failure : failures(answer)) {
            String id = failure.path("itemIdentifier").asText();
            if (messages.stream().noneMatch(message -> id(message).equals(id))) {
                throw new MalformedAnswerException("The answer names a failure that is no message of the batch: " + failure);
            }
            failed.add(id);
        }
        return messages.stream().filter(message -> !failed.contains(id(message)))
                .map(message -> message.path("ReceiptHandle").asText()).toList();
    }

    private static JsonNode failures(byte[] answer) throws MalformedAnswerException {
        try {
            JsonNode json = JSON.readTree(answer);
            JsonNode failures = json.path("batchItemFailures");
            boolean none = json.isMissingNode() || json.isNull() || failures.isMissingNode() || failures.isNull();
            if (!none && !failures.isArray()) {
                throw new MalformedAnswerException("The answer's batchItemFailures are no list: " + failures);
            }
            return none ? JSON.createArrayNode() : failures;
        } catch (IOException e) {
            throw new MalformedAnswerException("The answer is no JSON: " + e.getMessage());
        }
    }

    private static String id(JsonNode message) {
        return message.path("MessageId").asText();
    }
}
