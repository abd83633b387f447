package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsIT {
    @ParameterizedTest
    @EnumSource(Setting.class)
    void readsEverySettingFromTheOutputOfItsStack(Setting setting) {
        assertThat(SystemUnderTest.get().output(setting)).isNotBlank();
    }
}
