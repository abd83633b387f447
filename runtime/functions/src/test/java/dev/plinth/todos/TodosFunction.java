package dev.plinth.todos;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.limits.EndlessCounts;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** The function of the todos service as Lambda starts it, on a table in DynamoDB Local. */
final class TodosFunction implements AutoCloseable {

    private final LocalTodosTable table = new LocalTodosTable();
    private final HttpFunction function;

    /** What Lambda and infra/local say by environment variables, which a test cannot set. */
    private final Properties before = (Properties) System.getProperties().clone();

    TodosFunction() {
        this(LocalTodosTable.endpoint());
    }

    /** Starts the function with an endpoint that may be another one than the table's. */
    TodosFunction(URI endpoint) {
        System.setProperty("aws.endpointUrl", endpoint.toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        function = new HttpFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.TODOS.environment(),
                Setting.RATE_LIMITS_TABLE_NAME.variable(), EndlessCounts.TABLE,
                Setting.TODOS_TABLE_NAME.variable(), table.name()));
    }

    /** Sends a request in the name of a user. */
    ApiCall.Answer send(UUID user, ApiCall call) {
        return call.asCustomer(user).send(function);
    }

    /** Creates a todo of a user's own, which the given JSON describes. */
    ApiCall.Answer create(UUID user, String body) {
        return send(user, ApiCall.of("POST", "/users/" + user + "/todos").json(body));
    }

    HttpFunction function() {
        return function;
    }

    LocalTodosTable table() {
        return table;
    }

    @Override
    public void close() {
        function.close();
        System.setProperties(before);
    }
}
