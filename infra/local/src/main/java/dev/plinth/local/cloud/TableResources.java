package dev.plinth.local.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.door.Account;
import dev.plinth.local.engine.DynamoDbTables;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.stack.MadeResource;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DynamoDB tables. */
final class TableResources {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Account account;
    private final DynamoDbTables engine;

    TableResources(Account account, DynamoDbTables engine) {
        this.account = account;
        this.engine = engine;
    }

    CreatedResource createTable(ResourceDefinition resource) {
        Properties properties = resource.properties();
        properties.ignored("PointInTimeRecoverySpecification", "no backups are made");
        properties.ignored("DeletionProtectionEnabled", "a table of these templates lasts as long as the cloud");
        String name = nameOf(resource);
        ObjectNode definition = JSON.createObjectNode();
        definition.put("TableName", name);
        definition.set("KeySchema", properties.json("KeySchema"));
        definition.set("AttributeDefinitions", properties.json("AttributeDefinitions"));
        properties.optionalJson("GlobalSecondaryIndexes").ifPresent(indexes -> definition.set("GlobalSecondaryIndexes", indexes));
        properties.oneOf("BillingMode", "PAY_PER_REQUEST");
        Optional<String> expiry = properties.optionalObject("TimeToLiveSpecification")
                .filter(specification -> specification.bool("Enabled"))
                .map(specification -> specification.string("AttributeName"));
        properties.ignored("SSESpecification", "nothing is encrypted at rest here");
        properties.ignored("Tags", "nothing reads tags here");
        try {
            engine.create(definition, expiry);
        } catch (DynamoDbTables.TableException e) {
            throw resource.refuse(e.getMessage(), "tables that DynamoDB Local creates");
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating " + name, e);
        }
        return new CreatedResource(name, Map.of("Arn", arn(name)));
    }

    private static String nameOf(ResourceDefinition resource) {
        return resource.properties().optionalString("TableName")
                .orElse(PhysicalNames.of(resource.stackName(), resource.logicalId(), 255));
    }

    private String arn(String name) {
        return account.arn("dynamodb", "table/" + name);
    }

    /** Returns how programs deploy tables. */
    Kind kind() {
        return new Kind(this::creating, this::createTable,
                made -> Kind.on(arn(made.created().ref()), "dynamodb:DescribeTable", "dynamodb:DeleteTable"),
                this::delete);
    }

    private List<AccessRequest> creating(ResourceDefinition resource) {
        List<String> actions = new ArrayList<>(List.of("dynamodb:CreateTable", "dynamodb:DescribeTable"));
        if (resource.properties().has("TimeToLiveSpecification")) {
            actions.addAll(List.of("dynamodb:UpdateTimeToLive", "dynamodb:DescribeTimeToLive"));
        }
        if (resource.properties().has("PointInTimeRecoverySpecification")) {
            actions.addAll(List.of("dynamodb:UpdateContinuousBackups", "dynamodb:DescribeContinuousBackups"));
        }
        return Kind.on(arn(nameOf(resource)), actions.toArray(String[]::new));
    }

    private void delete(MadeResource table) {
        String name = table.created().ref();
        if (table.definition().properties().optionalBool("DeletionProtectionEnabled").orElse(false)) {
            throw new IllegalStateException("Resource cannot be deleted as it is currently protected against deletion. "
                    + "Disable deletion protection first.");
        }
        try {
            engine.delete(name);
        } catch (DynamoDbTables.TableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while deleting " + name, e);
        }
    }
}
