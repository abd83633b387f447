package dev.plinth.orders;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.limits.EndlessCounts;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The function of the orders service as Lambda starts it, on a table in DynamoDB Local. */
final class OrdersFunction implements AutoCloseable {

    private final LocalOrdersTable table = new LocalOrdersTable();
    private final HttpFunction function;

    /** What Lambda and infra/local say by environment variables, which a test cannot set. */
    private final Properties before = (Properties) System.getProperties().clone();

    OrdersFunction() {
        this(LocalOrdersTable.endpoint());
    }

    /** Starts the function with an endpoint that may be another one than the table's. */
    OrdersFunction(URI endpoint) {
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        function = new HttpFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.ORDERS.environment(),
                Setting.RATE_LIMITS_TABLE_NAME.variable(), EndlessCounts.TABLE,
                Setting.ORDERS_TABLE_NAME.variable(), table.name()));
    }

    ApiCall.Answer send(ApiCall call) {
        return call.send(function);
    }

    HttpFunction function() {
        return function;
    }

    LocalOrdersTable table() {
        return table;
    }

    List<Map<String, AttributeValue>> items() {
        return table.items();
    }

    void empty() {
        table.empty();
    }

    @Override
    public void close() {
        function.close();
        System.setProperties(before);
    }
}
