package dev.plinth.functions.limits;

import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.LocalTable;
import java.net.URI;
import java.util.Map;
import java.util.Properties;

/** The function of the orders service, which counts its requests. */
final class LimitedFunction implements AutoCloseable {
    private final Properties before = (Properties) System.getProperties().clone();
    private final LocalTable counts = new LocalTable(RateLimitsTable.SCHEMA);
    private final HttpFunction function;

    LimitedFunction(String environment, URI endpoint) {
        this(environment, endpoint, null);
    }

    /** @param table the name of the table that the function is told; null for that of the table there is */
    LimitedFunction(String environment, URI endpoint, String table) {
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        function = new HttpFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.ORDERS.environment() + "," + environment,
                Setting.RATE_LIMITS_TABLE_NAME.variable(), table == null ? counts.name() : table,
                Setting.ORDERS_TABLE_NAME.variable(), new LocalTable(OrdersTable.SCHEMA).name()));
    }

    ApiCall.Answer send(ApiCall call) {
        return call.send(function);
    }

    HttpFunction function() {
        return function;
    }

    LocalTable counts() {
        return counts;
    }

    @Override
    public void close() {
        function.close();
        System.setProperties(before);
    }
}
