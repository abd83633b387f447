package dev.plinth.orders;

class DynamoOrdersTest extends OrdersContract {

    private final LocalOrdersTable table = new LocalOrdersTable();
    private final Orders orders = new DynamoOrders(table.dynamo(), new OrdersTableName(table.name()));

    @Override
    Orders orders() {
        return orders;
    }
}
