package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.functions.caller.Caller;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A request as the HTTP API sends it to a function, payload format 2.0, and the function's answer. */
public final class ApiCall {
    private static final JsonMapper JSON = JsonMapper.createDefault();
    private static final UUID STAFF = UUID.fromString("57aff000-0000-4000-8000-000000000000");

    private final Map<String, Object> event = new LinkedHashMap<>();
    private final Map<String, Object> requestContext = new LinkedHashMap<>();
    private final Map<String, Object> http = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> cookies = new ArrayList<>();

    private ApiCall(String method, String path, String query) {
        String routeKey = routeKey(method, path);
        event.put("version", "2.0");
        event.put("routeKey", routeKey);
        event.put("rawPath", path);
        event.put("rawQueryString", query);
        http.putAll(Map.of("method", method, "path", path, "protocol", "HTTP/1.1", "sourceIp", "192.0.2.1",
                "userAgent", "test"));
        requestContext.putAll(Map.of(
                "accountId", "123456789012",
                "apiId", "a1b2c3d4e5",
                "domainName", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
                "http", http,
                "requestId", "JKJaXmPLvHcESHA=",
                "routeKey", routeKey,
                "stage", "$default",
                "timeEpoch", 1773000000000L));
        event.put("requestContext", requestContext);
        event.put("isBase64Encoded", false);
        headers.put("host", "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com");
        headers.put("x-forwarded-proto", "https");
    }

    /** Starts a request; what follows a question mark in the path is the query. */
    public static ApiCall of(String method, String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        return mark < 0 ? new ApiCall(method, pathAndQuery, "")
                : new ApiCall(method, pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1));
    }

    /** Returns the key of the route that API Gateway would choose: literal parts before variables. */
    private static String routeKey(String method, String path) {
        return Arrays.stream(Service.values())
                .flatMap(service -> service.routes().stream())
                .filter(route -> route.method().equals(method))
                .filter(route -> path.matches(route.path().replaceAll("\\{[^}]+}", "[^/]+")))
                .min(Comparator.comparing(route -> route.path().contains("{")))
                .map(Route::key)
                .orElse(method + " " + path);
    }

    /** Makes the request in the name of a caller, as the authorizer would have it of their access token. */
    public ApiCall as(Caller caller) {
        return authorizer(Map.of("userId", caller.userId().toString(), "sessionId", caller.sessionId(),
                "role", caller.role().name()));
    }

    public ApiCall as(UUID user, Role role) {
        return as(new Caller(user, "session-of-" + user, role));
    }

    public ApiCall asCustomer(UUID user) {
        return as(user, Role.CUSTOMER);
    }

    public ApiCall asStaff() {
        return as(STAFF, Role.STAFF);
    }

    public ApiCall asOperator() {
        return as(STAFF, Role.OPERATOR);
    }

    /** Says what the authorizer's answer held, whatever that is. */
    public ApiCall authorizer(Map<String, ?> context) {
        requestContext.put("authorizer", Map.of("lambda", context));
        return this;
    }

    /** Says which address the request comes from. */
    public ApiCall from(String sourceIp) {
        http.put("sourceIp", sourceIp);
        return this;
    }

    /** Says which route API Gateway chose. */
    public ApiCall route(String routeKey) {
        event.put("routeKey", routeKey);
        return this;
    }

    public ApiCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public ApiCall cookie(String cookie) {
        cookies.add(cookie);
        return this;
    }

    public ApiCall json(String body) {
        return header("content-type", "application/json").body(body);
    }

    public ApiCall body(String body) {
        event.put("body", body);
        return this;
    }

    public ApiCall body(byte[] body) {
        event.put("body", Base64.getEncoder().encodeToString(body));
        event.put("isBase64Encoded", true);
        return this;
    }

    public ApiCall without(String member) {
        event.remove(member);
        return this;
    }

    /** Declares the body to be base64, as it stands. */
    public ApiCall base64() {
        event.put("isBase64Encoded", true);
        return this;
    }

    public Answer send(RequestStreamHandler function) {
        event.put("headers", headers);
        if (!cookies.isEmpty()) {
            event.put("cookies", cookies);
        }
        String requestId = UUID.randomUUID().toString();
        Context lambda = (Context) Proxy.newProxyInstance(
                ApiCall.class.getClassLoader(), new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAwsRequestId" -> requestId;
                    case "getMemoryLimitInMB", "getRemainingTimeInMillis" -> 512;
                    default -> null;
                });
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), output, lambda);
            return new Answer(JSON.readValue(output.toByteArray(), JsonNode.class), requestId);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the function gave to the HTTP API. */
    public record Answer(JsonNode event, String requestId) {
        public int status() {
            return event.get("statusCode").getIntValue();
        }

        public String header(String name) {
            JsonNode value = event.get("headers").get(name);
            return value == null ? null : value.getStringValue();
        }

        public List<String> cookies() {
            List<String> values = new ArrayList<>();
            if (event.get("cookies") != null) {
                event.get("cookies").values().forEach(value -> values.add(value.getStringValue()));
            }
            return values;
        }

        public byte[] bytes() {
            JsonNode body = event.get("body");
            if (body == null) {
                return new byte[0];
            }
            return event.get("isBase64Encoded").getBooleanValue()
                    ? Base64.getDecoder().decode(body.getStringValue())
                    : body.getStringValue().getBytes(StandardCharsets.UTF_8);
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readValue(bytes(), JsonNode.class);
            } catch (IOException notJson) {
                throw new UncheckedIOException(text(), notJson);
            }
        }
    }
}
