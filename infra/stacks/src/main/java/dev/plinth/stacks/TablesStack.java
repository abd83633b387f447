package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.List;
import software.constructs.Construct;

/** The tables: state that outlives every other stack. */
final class TablesStack extends StageStack {
    private final OrdersStore orders;
    private final TodosStore todos;
    private final TokenKeysStore tokenKeys;
    private final RevocationsStore revocations;

    TablesStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.TABLES, "Plinth: DynamoDB tables", stage, settings);
        this.orders = new OrdersStore(this, "Orders", stage);
        this.todos = new TodosStore(this, "Todos", stage);
        this.tokenKeys = new TokenKeysStore(this, "TokenKeys", stage);
        this.revocations = new RevocationsStore(this, "Revocations", stage);
        publish(Setting.ORDERS_TABLE_NAME, orders.tableName());
        publish(Setting.TODOS_TABLE_NAME, todos.tableName());
        publish(Setting.TOKEN_KEYS_TABLE_NAME, tokenKeys.tableName());
        publish(Setting.REVOCATIONS_TABLE_NAME, revocations.tableName());
    }

    /** Returns what is watched of each table. */
    List<TableMetrics> metrics() {
        return List.of(
                new TableMetrics("orders", orders, OrdersStore.OPERATIONS),
                new TableMetrics("todos", todos, TodosStore.OPERATIONS),
                new TableMetrics("token-keys", tokenKeys, TokenKeysStore.OPERATIONS),
                new TableMetrics("revocations", revocations, RevocationsStore.OPERATIONS));
    }

    OrdersStore orders() {
        return orders;
    }

    TodosStore todos() {
        return todos;
    }

    TokenKeysStore tokenKeys() {
        return tokenKeys;
    }

    RevocationsStore revocations() {
        return revocations;
    }
}
