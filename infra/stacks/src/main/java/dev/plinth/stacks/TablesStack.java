package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import software.constructs.Construct;

/** The tables: state that outlives every other stack. */
final class TablesStack extends StageStack {
    private final OrdersStore orders;

    TablesStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.TABLES, "Plinth: DynamoDB tables", stage, settings);
        this.orders = new OrdersStore(this, "Orders", stage);
        publish(Setting.ORDERS_TABLE_NAME, orders.tableName());
    }

    OrdersStore orders() {
        return orders;
    }
}
