package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingValuesTest {
    private final SettingValues settings = new SettingValues();

    @Test
    void givesFunctionItsServiceAndItsSettingsOnly() {
        settings.add(StackId.TABLES, Setting.TODOS_TABLE_NAME, "table");
        settings.add(StackId.RUNTIME, Setting.API_URL, "https://api.example");

        assertThat(settings.variables(Service.TODOS_WORKER))
                .isEqualTo(Map.of("MICRONAUT_ENVIRONMENTS", "todos-worker", "TODOS_TABLE_NAME", "table"));
    }

    @Test
    void rejectsSettingOfAnotherStack() {
        assertThatThrownBy(() -> settings.add(StackId.RUNTIME, Setting.ORDERS_TABLE_NAME, "table"))
                .hasMessage("ORDERS_TABLE_NAME belongs to TABLES, not to RUNTIME");
    }

    @Test
    void rejectsSecondValueOfSetting() {
        settings.add(StackId.TABLES, Setting.ORDERS_TABLE_NAME, "table");

        assertThatThrownBy(() -> settings.add(StackId.TABLES, Setting.ORDERS_TABLE_NAME, "table"))
                .hasMessage("ORDERS_TABLE_NAME has a value already");
    }

    @Test
    void rejectsFunctionWhoseSettingHasNoValue() {
        assertThatThrownBy(() -> settings.variables(Service.ORDERS)).hasMessageContaining("ORDERS_TABLE_NAME");
    }

    @Test
    void rejectsSettingThatNoStackPublishes() {
        for (Setting setting : Setting.values()) {
            if (setting != Setting.API_URL) {
                settings.add(setting.owner(), setting, "value");
            }
        }

        assertThatThrownBy(settings::requireAll).hasMessage("RUNTIME does not publish API_URL");
    }
}
