package dev.plinth.contents;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSetting;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@Singleton
final class StoredInputs implements ProjectInputs {
    private final DynamoContents contents;
    private final DynamoSettings settings;
    private final JsonTree json;

    StoredInputs(DynamoContents contents, DynamoSettings settings, JsonTree json) {
        this.contents = contents;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public Optional<SchemaDefinition> schema(UUID project, UUID schema) {
        return contents.find(ContentKind.SCHEMA, project, schema)
                .map(content -> SchemaDefinition.stored(json.read(content.text())));
    }

    @Override
    public Optional<ArchitectureDefinition> architecture(UUID project, UUID architecture) {
        return contents.find(ContentKind.ARCHITECTURE, project, architecture)
                .map(content -> ArchitectureDefinition.stored(json.read(content.text())));
    }

    @Override
    public ProjectSettings settings(UUID project) {
        return chosen(settings.find(project));
    }

    static ProjectSettings chosen(Map<ProjectSetting, Setting> settings) {
        Map<String, String> values = new HashMap<>();
        settings.forEach((setting, choice) -> values.put(setting.key(), choice.value()));
        return ProjectSettings.of(values);
    }
}
