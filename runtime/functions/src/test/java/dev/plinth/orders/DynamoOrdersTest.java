package dev.plinth.orders;

import dev.plinth.functions.aws.AwsFailures;

class DynamoOrdersTest extends OrdersContract {

    private final LocalOrdersTable table = new LocalOrdersTable();
    private final Orders orders =
            new DynamoOrders(table.dynamo(), new AwsFailures(), new OrdersTableName(table.name()));

    @Override
    Orders orders() {
        return orders;
    }
}
