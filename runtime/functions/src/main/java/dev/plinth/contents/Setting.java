package dev.plinth.contents;

import dev.plinth.model.ProjectSetting;
import java.time.Instant;

/**
 * What a project has chosen for a setting.
 *
 * @param revision names this very choice; every change stamps another one
 */
record Setting(ProjectSetting setting, String value, Instant updatedAt, String revision) {
}
