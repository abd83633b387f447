package dev.plinth.orders;

import dev.plinth.contract.OrdersTable;
import dev.plinth.functions.aws.LocalTable;

final class LocalOrdersTable extends LocalTable {
    LocalOrdersTable() {
        super(OrdersTable.SCHEMA);
    }
}
