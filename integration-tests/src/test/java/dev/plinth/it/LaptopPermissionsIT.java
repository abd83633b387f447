package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A permission that is missing from the template is missing on the laptop. */
@Tag("laptop")
class LaptopPermissionsIT {
    private static final String TAKEN = "dynamodb:PutItem";

    @Test
    void failsAsOnAwsWithoutAPermissionAndNamesTheMissingStatement(@TempDir Path directory) {
        Path assembly = Assembly.edited(directory, StackId.RUNTIME.nameIn("dev"), LaptopPermissionsIT::takeThePermission);
        try (Laptop laptop = Laptop.start("without-permission", assembly)) {
            Orders orders = new People(laptop).customer().orders();

            Answer refused = orders.create(Orders.example(Orders.freshEmail()));
            Answer listed = orders.list("limit=1");

            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.header("content-type")).startsWith("application/problem+json");
            assertThat(refused.body()).doesNotContain("dynamodb", "arn:", "AccessDenied");
            assertThat(listed.status()).isEqualTo(200);
            String explanation = laptop.state().path("denials").get(0).path("explanation").asText();
            assertThat(explanation).contains(TAKEN, "PlinthDevRuntime/", "\"Effect\"", ":table/PlinthDevTables-");
        }
    }

    private static void takeThePermission(JsonNode template) {
        int taken = 0;
        for (Map.Entry<String, JsonNode> resource : template.path("Resources").properties()) {
            if (!resource.getKey().startsWith(Service.ORDERS.environment())) {
                continue;
            }
            for (JsonNode statement : resource.getValue().path("Properties").path("PolicyDocument").path("Statement")) {
                if (statement.path("Action") instanceof ArrayNode actions) {
                    for (int i = actions.size() - 1; i >= 0; i--) {
                        if (actions.get(i).asText().equals(TAKEN)) {
                            actions.remove(i);
                            taken++;
                        }
                    }
                }
            }
        }
        assertThat(taken).as("statements that allow " + TAKEN).isEqualTo(1);
    }
}
