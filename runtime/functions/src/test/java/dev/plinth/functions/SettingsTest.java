package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @EnumSource(Service.class)
    void bindsEverySettingOfAServiceAndNoOther(Service service) {
        Settings settings = Settings.of(variables(service));

        // Without the service's environment, since its beans are not what is tested here.
        Settings alone = new Settings(List.of("none"), settings.properties());
        try (ApplicationContext context = FunctionContext.start(alone)) {
            for (Setting setting : Setting.values()) {
                assertThat(context.getProperty(setting.property(), String.class)).as(setting.property())
                        .isEqualTo(service.settings().contains(setting)
                                ? Optional.of("value of " + setting) : Optional.empty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void stopsTheStartWhenASettingIsMissing(Service service) {
        for (Setting setting : service.settings()) {
            Map<String, String> variables = variables(service);
            variables.remove(setting.variable());

            assertThatThrownBy(() -> new HttpFunction(variables)).isInstanceOf(IllegalStateException.class)
                    .hasMessage("The environment variable " + setting.variable() + " is missing or empty; the service "
                            + service.environment() + " needs it.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void takesAnEmptySettingForAMissingOne(String value) {
        Map<String, String> variables = variables(Service.ORDERS);
        variables.put(Setting.ORDERS_TABLE_NAME.variable(), value);

        assertThatThrownBy(() -> Settings.of(variables)).hasMessageContaining("ORDERS_TABLE_NAME is missing or empty");
    }

    @Test
    void stopsTheStartWhenNoServiceIsNamed() {
        assertThatThrownBy(() -> new HttpFunction(Map.of())).isInstanceOf(IllegalStateException.class)
                .hasMessage("The environment variable MICRONAUT_ENVIRONMENTS is missing or empty;"
                        + " every function needs it.");
    }

    private static Map<String, String> variables(Service service) {
        Map<String, String> variables = new HashMap<>(Map.of(Service.ENVIRONMENT_VARIABLE, service.environment()));
        for (Setting setting : Setting.values()) {
            variables.put(setting.variable(), "value of " + setting);
        }
        return variables;
    }
}
