package dev.plinth.workspace;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Beans;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.LocalTable;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The function of the studio as Lambda starts it, on tables in DynamoDB Local. Its calls of AWS can be made to fail,
 * and a test says which deployments are live.
 */
public final class StudioFunction implements AutoCloseable {

    private final Map<StudioTable, LocalTable> tables = new EnumMap<>(StudioTable.class);
    private final HttpFunction function;

    /** What Lambda and infra/local say by environment variables, which a test cannot set. */
    private final Properties before = (Properties) System.getProperties().clone();

    public StudioFunction() {
        System.setProperty("aws.endpointUrl", LocalTable.endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        Map<String, String> environment = new HashMap<>();
        Service.STUDIO.settings().forEach(setting -> environment.put(setting.variable(), "none"));
        for (StudioTable table : StudioTable.values()) {
            if (Service.STUDIO.settings().contains(table.setting())) {
                tables.put(table, new LocalTable(table.schema()));
                environment.put(table.setting().variable(), tables.get(table).name());
            }
        }
        environment.put(Setting.RATE_LIMITS_TABLE_NAME.variable(), new LocalTable(RateLimitsTable.SCHEMA).name());
        environment.put(Service.ENVIRONMENT_VARIABLE, Service.STUDIO.environment() + "," + StudioDoubles.ENVIRONMENT);
        function = new HttpFunction(environment);
    }

    /** Sends a request in the name of a user. */
    public Answer send(UUID user, ApiCall call) {
        return call.asCustomer(user).send(function);
    }

    public Answer get(UUID user, String path) {
        return send(user, ApiCall.of("GET", path));
    }

    public Answer post(UUID user, String path, String body) {
        return send(user, ApiCall.of("POST", path).json(body));
    }

    public Answer put(UUID user, String path, String body) {
        return send(user, ApiCall.of("PUT", path).json(body));
    }

    public Answer delete(UUID user, String path) {
        return send(user, ApiCall.of("DELETE", path));
    }

    /** Creates something, and returns its path. */
    public String created(UUID user, String path, String body) {
        Answer answer = post(user, path, body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.header("location");
    }

    /** Starts a project of a user, and returns its path. */
    public String project(UUID user) {
        return created(user, "/api/projects", "{\"name\": \"Bookshop\"}");
    }

    /** Returns what every item of every page of a list has in a field, in the order of the list. */
    public List<String> all(UUID user, String path, String field) {
        List<String> values = new ArrayList<>();
        String next = path;
        while (next != null) {
            Answer page = get(user, next);
            values.addAll(texts(page.json().get("items"), field));
            String link = page.header("link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        return values;
    }

    public static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.values().spliterator(), false)
                .map(item -> item.get(field).getStringValue()).toList();
    }

    public static UUID id(String path) {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    public LocalTable table(StudioTable table) {
        return tables.get(table);
    }

    public <T> T bean(Class<T> type) {
        return Beans.of(function, type);
    }

    public FaultyHttp http() {
        return bean(FaultyHttp.class);
    }

    public HttpFunction function() {
        return function;
    }

    @Override
    public void close() {
        function.close();
        System.setProperties(before);
    }
}
