package dev.plinth.generation;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.generator.GenerationInput;
import dev.plinth.generator.GenerationInputs;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/**
 * What generations are made from, as it was when they were asked for. So a worker needs no right to any other table,
 * and what people change meanwhile changes no generation that they have asked for.
 */
@Singleton
class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final DynamoDbClient dynamo;
    private final StudioTables tables;
    private final GenerationInputs inputs;

    Snapshots(DynamoDbClient dynamo, StudioTables tables, GenerationInputs inputs) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.inputs = inputs;
    }

    byte[] write(GenerationInput input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(bytes)) {
            deflating.write(inputs.write(input));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory takes bytes", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Returns what a generation is made from; empty when there is no snapshot that can be read, which no other attempt
     * would change.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the table does not answer
     */
    Optional<GenerationInput> find(UUID generation) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(tables.nameOf(StudioTable.CODE_GENERATIONS))
                .key(GenerationItems.inputKey(generation))
                .consistentRead(true)
                .build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? read(GenerationItems.input(response.item())) : Optional.empty();
    }

    private Optional<GenerationInput> read(byte[] bytes) {
        try (InflaterInputStream inflating = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return Optional.of(inputs.read(inflating.readAllBytes()));
        } catch (IOException | RuntimeException unreadable) {
            LOG.atError().setCause(unreadable).log("snapshot unreadable");
            return Optional.empty();
        }
    }
}
