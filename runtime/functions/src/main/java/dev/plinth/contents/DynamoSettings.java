package dev.plinth.contents;

import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.model.ProjectSetting;
import dev.plinth.workspace.ProjectWrites;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Settings of projects, an item for each that is not as usual. */
@Singleton
final class DynamoSettings {

    private static final String NAME = StudioTable.SETTINGS.schema().key().sort().orElseThrow();
    private static final String VALUE = "value";
    private static final String UPDATED_AT = "updatedAt";
    private static final String REVISION = "revision";

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioTables tables;
    private final ProjectWrites projects;
    private final ActivityWrites activity;

    DynamoSettings(DynamoDbClient dynamo, Transactions transactions, StudioTables tables, ProjectWrites projects,
            ActivityWrites activity) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.tables = tables;
        this.projects = projects;
        this.activity = activity;
    }

    /** Returns what a project has chosen, read consistently. There are few settings, so one response holds them all. */
    Map<ProjectSetting, Setting> find(UUID project) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table())
                .consistentRead(true)
                .keyConditionExpression("#project = :project")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID))
                .expressionAttributeValues(Map.of(":project", text(project)))
                .build();
        Map<ProjectSetting, Setting> chosen = new EnumMap<>(ProjectSetting.class);
        AwsFailures.calling(() -> dynamo.query(request)).items().forEach(item -> ProjectSetting.of(item.get(NAME).s())
                .ifPresent(setting -> chosen.put(setting, new Setting(setting, item.get(VALUE).s(),
                        time(item, UPDATED_AT), item.get(REVISION).s()))));
        return chosen;
    }

    /** Writes a choice; does nothing, and returns false, unless the setting is as before, which is empty as usual. */
    boolean put(UUID project, Optional<Setting> before, Setting after, UUID actor) {
        Map<String, AttributeValue> item = new HashMap<>(key(project, after.setting()));
        item.put(VALUE, text(after.value()));
        item.put(UPDATED_AT, text(after.updatedAt()));
        item.put(REVISION, text(after.revision()));
        Put.Builder put = Put.builder().tableName(table()).item(item)
                .conditionExpression("attribute_not_exists(#revision)")
                .expressionAttributeNames(Map.of("#revision", REVISION));
        before.ifPresent(setting -> put
                .conditionExpression("#revision = :before")
                .expressionAttributeValues(Map.of(":before", text(setting.revision()))));
        return write(after.revision(), TransactWriteItem.builder().put(put.build()).build(), project, after.setting(),
                "changed", actor, after.updatedAt());
    }

    /** Forgets a choice; does nothing, and returns false, unless the setting is as before. */
    boolean remove(UUID project, Setting before, UUID actor, Instant at) {
        Delete delete = Delete.builder()
                .tableName(table())
                .key(key(project, before.setting()))
                .conditionExpression("#revision = :before")
                .expressionAttributeNames(Map.of("#revision", REVISION))
                .expressionAttributeValues(Map.of(":before", text(before.revision())))
                .build();
        return write(UUID.randomUUID().toString(), TransactWriteItem.builder().delete(delete).build(), project,
                before.setting(), "reset", actor, at);
    }

    private boolean write(String token, TransactWriteItem write, UUID project, ProjectSetting setting, String what,
            UUID actor, Instant at) {
        List<TransactWriteItem> writes = new ArrayList<>(List.of(write, projects.stillThere(project)));
        writes.addAll(activity.of(new Happening(project, Optional.of(actor), "setting." + what, setting.key(),
                Map.of("name", setting.key()), Map.of("settingChanges", 1L), at)));
        Optional<Cancellation> refused = transactions.write(token, writes);
        refused.flatMap(cause -> projects.refusal(cause, 1)).ifPresent(gone -> {
            throw gone;
        });
        return refused.isEmpty();
    }

    private static Map<String, AttributeValue> key(UUID project, ProjectSetting setting) {
        return Map.of(Attributes.PROJECT_ID, text(project), NAME, text(setting.key()));
    }

    private String table() {
        return tables.nameOf(StudioTable.SETTINGS);
    }
}
