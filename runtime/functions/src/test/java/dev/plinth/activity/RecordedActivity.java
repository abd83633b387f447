package dev.plinth.activity;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The activity log and the figures in DynamoDB Local, for tests of those who write to them. */
public final class RecordedActivity {
    private final LocalTable log = new LocalTable(StudioTable.ACTIVITY_LOGS.schema());
    private final LocalTable figures = new LocalTable(StudioTable.ANALYTICS.schema());

    public ActivityWrites writes(Clock clock) {
        return new DynamoActivityWrites(tables(), new TimeOrderedIds(clock));
    }

    /** Returns the names of both tables. */
    public StudioTables tables() {
        return table -> switch (table) {
            case ACTIVITY_LOGS -> log.name();
            case ANALYTICS -> figures.name();
            default -> throw new IllegalArgumentException("Not a table of activity: " + table);
        };
    }

    /** Returns the types of what was recorded in a project. */
    public List<String> types(UUID project) {
        return items(log, project).stream().map(ActivityItems::activity).map(Activity::type).sorted().toList();
    }

    /** Returns the figures of a project, those of all days together. */
    public Map<String, Long> figures(UUID project) {
        Map<String, Long> sums = new TreeMap<>();
        items(figures, project).stream().map(DayItems::day)
                .forEach(day -> day.figures().forEach((name, figure) -> sums.merge(name, figure, Long::sum)));
        return sums;
    }

    private static List<Map<String, AttributeValue>> items(LocalTable table, UUID project) {
        return table.dynamo().query(request -> request
                .tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression("#project = :project")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID))
                .expressionAttributeValues(Map.of(":project", Values.text(project)))).items();
    }
}
