package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/** What a person on call looks at: alarms, and one dashboard. References the other stacks; none references it. */
final class ObservabilityStack extends StageStack {

    /** Takes what is watched. */
    record Props(Stage stage, SettingValues settings, ServiceApi api, Map<Service, ServiceFunction> functions,
            List<TableMetrics> tables, List<WorkQueue> queues, NotificationsTopic notifications,
            ArtifactsBucket artifacts, Database database, Cache cache) {
    }

    ObservabilityStack(Construct scope, Props props) {
        super(scope, StackId.OBSERVABILITY, "Plinth: alarms and dashboard", props.stage(), props.settings());
        Alarms alarms = new Alarms(this, "Alarms", props.stage());
        Board board = new Board(this, "Board");
        ApiMetrics api = new ApiMetrics(props.api().http());
        alarms.watch(api);
        board.show(api);
        props.functions().forEach((service, function) -> {
            FunctionMetrics metrics = new FunctionMetrics(
                    service.environment(), function.live(), ServiceFunction.awaited(service));
            alarms.watch(metrics);
            board.show(metrics);
        });
        props.tables().forEach(table -> {
            alarms.watch(table);
            board.show(table);
        });
        props.queues().forEach(queue -> {
            QueueMetrics metrics = new QueueMetrics(queue);
            alarms.watch(metrics);
            board.show(metrics);
        });
        CountedMetrics counted = new CountedMetrics(props.stage());
        alarms.watch(counted);
        board.show(counted);
        DeliveryMetrics deliveries = new DeliveryMetrics(props.notifications(), counted);
        alarms.watch(deliveries);
        board.show(deliveries);
        BucketMetrics artifacts = new BucketMetrics(props.artifacts());
        alarms.watch(artifacts);
        board.show(artifacts);
        DatabaseMetrics database = new DatabaseMetrics(props.database(), props.stage().sizes().database());
        alarms.watch(database);
        board.show(database);
        CacheMetrics cache = new CacheMetrics(props.cache(), props.stage().sizes().cache());
        alarms.watch(cache);
        board.show(cache);
        board.list(alarms);
    }
}
