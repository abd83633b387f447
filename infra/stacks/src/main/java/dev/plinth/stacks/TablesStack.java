package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.ArrayList;
import java.util.List;
import software.constructs.Construct;

/** The tables: state that outlives every other stack. */
final class TablesStack extends StageStack {
    private final OrdersStore orders;
    private final TodosStore todos;
    private final TokenKeysStore tokenKeys;
    private final RevocationsStore revocations;
    private final StudioTables studio;
    private final RateLimitsStore rateLimits;

    TablesStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.TABLES, "Plinth: DynamoDB tables", stage, settings);
        this.orders = new OrdersStore(this, "Orders", stage);
        this.todos = new TodosStore(this, "Todos", stage);
        this.tokenKeys = new TokenKeysStore(this, "TokenKeys", stage);
        this.revocations = new RevocationsStore(this, "Revocations", stage);
        this.studio = new StudioTables(this, "Studio", stage);
        this.rateLimits = new RateLimitsStore(this, "RateLimits", stage);
        publish(Setting.ORDERS_TABLE_NAME, orders.tableName());
        publish(Setting.TODOS_TABLE_NAME, todos.tableName());
        publish(Setting.TOKEN_KEYS_TABLE_NAME, tokenKeys.tableName());
        publish(Setting.REVOCATIONS_TABLE_NAME, revocations.tableName());
        studio.forEach((table, schemaTable) -> publish(table.setting(), schemaTable.tableName()));
        publish(Setting.RATE_LIMITS_TABLE_NAME, rateLimits.tableName());
    }

    /** Returns what is watched of each table. */
    List<TableMetrics> metrics() {
        List<TableMetrics> metrics = new ArrayList<>(List.of(
                new TableMetrics("orders", orders, OrdersStore.OPERATIONS),
                new TableMetrics("todos", todos, TodosStore.OPERATIONS),
                new TableMetrics("token-keys", tokenKeys, TokenKeysStore.OPERATIONS),
                new TableMetrics("revocations", revocations, RevocationsStore.OPERATIONS),
                new TableMetrics("rate-limits", rateLimits, RateLimitsStore.OPERATIONS)));
        metrics.addAll(studio.metrics());
        return metrics;
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

    StudioTables studio() {
        return studio;
    }

    RateLimitsStore rateLimits() {
        return rateLimits;
    }
}
