package dev.plinth.contents;

import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.model.ProjectSetting;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A setting of a project as it holds.
 *
 * @param choice what somebody chose; empty when it is as usual
 * @param value  the choice, or what is usual; empty when nothing is
 */
record SettingState(ProjectSetting setting, Optional<Setting> choice, Optional<String> value) {

    /** Returns what names this very state. What is usual can follow from the project's name, so its text decides. */
    String revision() {
        return choice.map(Setting::revision).orElseGet(() -> "usual-"
                + HexFormat.of().formatHex(Fingerprint.of(List.of(value.orElse(""))), 0, 16));
    }
}
