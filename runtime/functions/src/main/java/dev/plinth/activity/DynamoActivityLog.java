package dev.plinth.activity;

import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.StudioTable.Indexes;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

@Singleton
final class DynamoActivityLog implements ActivityLog {
    private final DynamoDbClient dynamo;
    private final StudioLists lists;
    private final StudioTables tables;
    private final Clock clock;

    DynamoActivityLog(DynamoDbClient dynamo, StudioLists lists, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.lists = lists;
        this.tables = tables;
        this.clock = clock;
    }

    @Override
    public IdPage<Activity> ofProject(UUID project, IdPageRequest page) {
        return lists.page(Partition.of(StudioTable.ACTIVITY_LOGS, project), page, ActivityItems::activity);
    }

    @Override
    public IdPage<Activity> ofUser(UUID user, IdPageRequest page) {
        Partition partition = Partition.ofIndex(StudioTable.ACTIVITY_LOGS, Indexes.ACTIVITY_BY_USER, user);
        return lists.page(partition, page, ActivityItems::activity);
    }

    /** Days are small and there is one item for each, so this reads a response or two. */
    @Override
    public List<Day> days(UUID project, LocalDate from, LocalDate to) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(tables.nameOf(StudioTable.ANALYTICS))
                .consistentRead(true)
                .keyConditionExpression("#project = :project AND #day BETWEEN :from AND :to")
                .filterExpression("#expiry > :now")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID, "#day", DayItems.DAY,
                        "#expiry", Attributes.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":project", text(project), ":from", text(from.toString()),
                        ":to", text(to.toString()), ":now", seconds(clock.instant())));
        List<Day> days = new ArrayList<>();
        QueryResponse response;
        do {
            response = AwsFailures.calling(() -> dynamo.query(request.build()));
            response.items().stream().map(DayItems::day).forEach(days::add);
            request.exclusiveStartKey(response.lastEvaluatedKey());
        } while (response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty());
        return days;
    }
}
