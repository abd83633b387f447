package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.limits.EndlessCounts;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");

    @Test
    void servesTheDocumentThatTheBuildGenerated() {
        System.setProperty("aws.region", "eu-central-1");
        try (HttpFunction function = new HttpFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.ORDERS.environment(),
                Setting.RATE_LIMITS_TABLE_NAME.variable(), EndlessCounts.TABLE,
                Setting.ORDERS_TABLE_NAME.variable(), "x"))) {
            Answer answer = ApiCall.of("GET", "/openapi.yml").send(function);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("application/yaml");
            assertThat(answer.text()).startsWith("openapi: 3").contains("title: Plinth", "version: 1.0.0");
        } finally {
            System.clearProperty("aws.region");
        }
    }

    @Test
    void describesEveryRouteOfTheContractAndNoOther() {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(Arrays.stream(Service.values())
                .flatMap(service -> service.routes().stream()).map(Route::key).collect(Collectors.toSet()));
    }

    @Test
    void describesEveryErrorAsAProblemButTheHealthReport() {
        Map<String, Set<String>> documents = new TreeMap<>();
        operations().forEach((key, operation) -> operation.get("responses").forEach((status, response) ->
                documents.computeIfAbsent(status.compareTo("400") < 0 ? "success" : isHealth(key, status)
                        ? "health" : "error", first -> new TreeSet<>()).add(response.toString())));

        // What API Gateway refuses by itself, services can refuse as well.
        assertThat(documents.get("error")).isNotEmpty().allMatch(response ->
                response.contains("application/problem+json={schema={$ref=#/components/schemas/Problem}}"));
        assertThat(documents.get("health")).isNotEmpty().allMatch(response -> response.contains("Health.Report"));
    }

    @Test
    void saysOfEveryRouteThatItCanBeAskedTooOften() {
        operations().forEach((key, operation) ->
                assertThat(operation.get("responses")).as(key).containsKey("429"));
    }

    @Test
    void asksForABearerTokenOnClosedRoutesAndOnNoOther() {
        Map<String, Map<String, Map<String, Object>>> operations = operations();
        Arrays.stream(Service.values()).flatMap(service -> service.routes().stream()).forEach(route -> {
            Map<String, Map<String, Object>> operation = operations.get(route.key());
            if (route.access().open()) {
                assertThat(operation).as(route.key()).doesNotContainKey("security");
            } else {
                assertThat(String.valueOf(operation.get("security"))).as(route.key()).isEqualTo("[{bearer=[]}]");
                assertThat(operation.get("responses")).as(route.key()).containsKeys("401", "403", "429");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void routesEveryRouteOfAServiceAndNoOther(Service service) {
        Map<String, String> environment = new HashMap<>();
        service.settings().forEach((Setting setting) -> environment.put(setting.variable(), "1"));
        environment.put(Service.ENVIRONMENT_VARIABLE, service.environment());
        System.setProperty("aws.region", "eu-central-1");
        try (HttpFunction function = new HttpFunction(environment)) {
            Set<String> routed = function.context().getBean(Router.class).uriRoutes()
                    .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                    .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(routed).containsExactlyInAnyOrderElementsOf(
                    service.routes().stream().map(Route::key).collect(Collectors.toSet()));
        } finally {
            System.clearProperty("aws.region");
        }
    }

    private static boolean isHealth(String key, String status) {
        return status.equals("503") && (key.equals("GET /health") || key.endsWith("/health/check"));
    }

    private static Set<String> documented() {
        return operations().keySet();
    }

    /** Operations by method and path, as the document's own tree. */
    private static Map<String, Map<String, Map<String, Object>>> operations() {
        Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>> document =
                new Yaml().load(OpenApiTest.class.getResourceAsStream("/META-INF/swagger/openapi.yml"));
        Map<String, Map<String, Map<String, Object>>> operations = new TreeMap<>();
        document.get("paths").forEach((path, item) -> item.keySet().retainAll(METHODS));
        document.get("paths").forEach((path, item) -> item.forEach((method, operation) ->
                operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
        return operations;
    }
}
