package dev.plinth.dashboard;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.TodosTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.limits.EndlessCounts;
import dev.plinth.functions.redis.LocalRedis;
import dev.plinth.functions.sql.LocalPostgres;
import dev.plinth.functions.sql.TcpGate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * The function of the dashboard as Lambda starts it, on real engines, each behind a gate that can be shut; and beside
 * it the function of todos, which writes what the dashboard reads.
 */
final class DashboardFunction implements AutoCloseable {

    private final LocalPostgres postgres = LocalPostgres.migrated();
    private final LocalTable table = new LocalTable(TodosTable.SCHEMA);
    private final TcpGate postgresGate = new TcpGate(LocalPostgres.port());
    private final TcpGate redisGate = new TcpGate(LocalRedis.port());
    private final TcpGate dynamoGate = new TcpGate(LocalTable.endpoint().getPort());

    /** What Lambda and infra/local say by environment variables, which a test cannot set. */
    private final Properties before = (Properties) System.getProperties().clone();
    private final HttpFunction dashboard;
    private final HttpFunction todos;

    DashboardFunction() {
        System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + dynamoGate.port());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        Map<String, String> variables = new HashMap<>(postgres.variables(postgresGate.port()));
        variables.putAll(LocalRedis.variables(redisGate.port()));
        variables.put(Setting.RATE_LIMITS_TABLE_NAME.variable(), EndlessCounts.TABLE);
        variables.put(Setting.TODOS_TABLE_NAME.variable(), table.name());
        variables.put(Service.ENVIRONMENT_VARIABLE, String.join(",", Service.DASHBOARD.environment(),
                LocalPostgres.ENVIRONMENT, LocalRedis.ENVIRONMENT));
        dashboard = new HttpFunction(variables);
        todos = new HttpFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.TODOS.environment(),
                Setting.RATE_LIMITS_TABLE_NAME.variable(), EndlessCounts.TABLE,
                Setting.TODOS_TABLE_NAME.variable(), table.name()));
    }

    /** Makes a user in PostgreSQL, as identity would. */
    UUID user(String name, String email) {
        UUID id = UUID.randomUUID();
        postgres.run("INSERT INTO users (id, name, email, email_key, password_hash, role, created_at, updated_at,"
                + " revision) VALUES ('" + id + "', '" + name + "', '" + email + "', '" + email.toLowerCase(Locale.ROOT)
                + "', 'x', 'CUSTOMER', '2026-01-31T12:00:00.123Z', now(), gen_random_uuid())");
        return id;
    }

    ApiCall.Answer show(UUID user) {
        return ApiCall.of("GET", "/dashboard/" + user).asCustomer(user).send(dashboard);
    }

    ApiCall.Answer todo(UUID user, String method, String path, String body) {
        return ApiCall.of(method, path).json(body).asCustomer(user).send(todos);
    }

    HttpFunction function() {
        return dashboard;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    TcpGate postgresGate() {
        return postgresGate;
    }

    TcpGate redisGate() {
        return redisGate;
    }

    TcpGate dynamoGate() {
        return dynamoGate;
    }

    @Override
    public void close() {
        dashboard.close();
        todos.close();
        System.setProperties(before);
        postgresGate.close();
        redisGate.close();
        dynamoGate.close();
    }
}
