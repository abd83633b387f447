package dev.plinth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void derivesTheOutputKeyFromTheVariable() {
        assertThat(Setting.ORDERS_TABLE_NAME.variable()).isEqualTo("ORDERS_TABLE_NAME");
        assertThat(Setting.ORDERS_TABLE_NAME.outputKey()).isEqualTo("OrdersTableName");
        assertThat(Setting.API_URL.outputKey()).isEqualTo("ApiUrl");
    }

    @Test
    void givesNoPropertyToTwoSettings() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::property)).doesNotHaveDuplicates();
    }

    @Test
    void namesStacksByStage() {
        assertThat(StackId.TABLES.nameIn("dev")).isEqualTo("PlinthDevTables");
        assertThat(StackId.RUNTIME.nameIn("staging")).isEqualTo("PlinthStagingRuntime");
    }

    @Test
    void givesNoRouteToTwoServices() {
        Set<String> seen = new HashSet<>();
        for (Service service : Service.values()) {
            for (Route route : service.routes()) {
                assertThat(seen.add(route.key())).as(route.key()).isTrue();
            }
        }
        assertThat(seen).contains("GET /orders/{id}");
    }
}
