package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.util.Map;
import software.constructs.Construct;

/** What a person on call looks at: alarms, and one dashboard. References the other stacks; none references it. */
final class ObservabilityStack extends StageStack {

    /** Takes what is watched. */
    record Props(Stage stage, SettingValues settings, ServiceApi api, Map<Service, ServiceFunction> functions,
            OrdersStore orders) {
    }

    ObservabilityStack(Construct scope, Props props) {
        super(scope, StackId.OBSERVABILITY, "Plinth: alarms and dashboard", props.stage(), props.settings());
        Alarms alarms = new Alarms(this, "Alarms", props.stage());
        Board board = new Board(this, "Board");
        ApiMetrics api = new ApiMetrics(props.api().http());
        alarms.watch(api);
        board.show(api);
        props.functions().forEach((service, function) -> {
            FunctionMetrics metrics = new FunctionMetrics(service.environment(), function.live());
            alarms.watch(metrics);
            board.show(metrics);
        });
        TableMetrics orders = new TableMetrics("orders", props.orders(), OrdersStore.OPERATIONS);
        alarms.watch(orders);
        board.show(orders);
        board.list(alarms);
    }
}
