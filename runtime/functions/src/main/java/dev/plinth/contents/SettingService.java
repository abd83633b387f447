package dev.plinth.contents;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.model.License;
import dev.plinth.model.ProjectSetting;
import dev.plinth.model.ProjectSettings;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import dev.plinth.workspace.ProjectSummary;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people can do with the settings of a project. Safe for use by several threads. */
@Singleton
class SettingService {
    private final DynamoSettings settings;
    private final ProjectAccess access;
    private final Clock clock;

    SettingService(DynamoSettings settings, ProjectAccess access, Clock clock) {
        this.settings = settings;
        this.access = access;
        this.clock = clock;
    }

    List<SettingState> list(Caller caller, UUID project) {
        ProjectSummary summary = access.require(caller, project, ProjectRight.READ);
        Map<ProjectSetting, Setting> chosen = settings.find(project);
        return Arrays.stream(ProjectSetting.values()).map(setting -> state(summary, chosen, setting)).toList();
    }

    SettingState find(Caller caller, UUID project, String name) {
        return state(access.require(caller, project, ProjectRight.READ), known(name));
    }

    /** Chooses a setting. A choice that changes nothing keeps the revision. */
    SettingState choose(Caller caller, UUID project, String name, RevisionCondition condition, String value) {
        ProjectSummary summary = access.require(caller, project, ProjectRight.EDIT);
        ProjectSetting setting = known(name);
        setting.require("/value", value);
        return Attempts.of(() -> {
            SettingState before = state(summary, setting);
            condition.require(before.revision());
            if (before.choice().map(Setting::value).equals(Optional.of(value))) {
                return Optional.of(before);
            }
            Setting after = new Setting(setting, value, now(), UUID.randomUUID().toString());
            return settings.put(project, before.choice(), after, caller.userId())
                    ? Optional.of(new SettingState(setting, Optional.of(after), Optional.of(value)))
                    : Optional.empty();
        });
    }

    /** Makes a setting as usual again; does nothing when it is. */
    void reset(Caller caller, UUID project, String name, RevisionCondition condition) {
        ProjectSummary summary = access.require(caller, project, ProjectRight.EDIT);
        ProjectSetting setting = known(name);
        Attempts.of(() -> {
            SettingState before = state(summary, setting);
            condition.require(before.revision());
            return before.choice().map(choice -> settings.remove(project, choice, caller.userId(), now())).orElse(true)
                    ? Optional.of(before) : Optional.empty();
        });
    }

    private SettingState state(ProjectSummary project, ProjectSetting setting) {
        return state(project, settings.find(project.id()), setting);
    }

    private static SettingState state(ProjectSummary project, Map<ProjectSetting, Setting> chosen,
            ProjectSetting setting) {
        ProjectSettings all = StoredInputs.chosen(chosen);
        Optional<String> value = switch (setting) {
            case JAVA_PACKAGE -> Optional.of(all.javaPackage(project.name()));
            case API_TITLE -> Optional.of(all.apiTitle(project.name()));
            case API_VERSION -> Optional.of(all.apiVersion());
            case SQL_SCHEMA -> Optional.of(all.sqlSchema());
            case LICENSE -> all.license().map(License::spdxId);
        };
        return new SettingState(setting, Optional.ofNullable(chosen.get(setting)), value);
    }

    private static ProjectSetting known(String name) {
        return ProjectSetting.of(name).orElseThrow(() -> new Failure(Kind.NOT_FOUND,
                "There is no such setting. There are " + String.join(", ", ProjectSetting.keys()) + "."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
