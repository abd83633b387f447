package dev.plinth.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What every generated template keeps to, whatever it was generated from. */
final class TemplateRules {
    private static final Set<String> FUNCTIONS = Set.of("Ref", "Fn::GetAtt", "Fn::Join");

    private TemplateRules() {
    }

    static JsonNode check(GeneratedProject project) {
        JsonNode template = parsed(project);
        JsonNode resources = template.get("Resources");
        Set<String> names = new HashSet<>();
        resources.entries().forEach(entry -> {
            names.add(entry.getKey());
            assertThat(entry.getKey()).matches("[A-Za-z0-9]{1,255}");
            assertThat(ResourceTypes.ALL).contains(entry.getValue().get("Type").getStringValue());
            assertThat(names(entry.getValue().get("Properties"))).doesNotContain("TableName", "QueueName", "TopicName",
                    "BucketName");
        });
        assertThat(resources.size()).isBetween(1, 500);
        assertThat(template.get("Outputs").size()).isBetween(1, 200);
        assertThat(project.template().length).isLessThan(1_000_000);
        assertThat(template.get("Description").getStringValue().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(1_024);
        assertThat(names(template)).doesNotContain("Transform", "Parameters", "Fn::Transform");
        checkReferences(template, names);
        return template;
    }

    static JsonNode parsed(GeneratedProject project) {
        try {
            return JsonMapper.createDefault().readValue(project.template(), JsonNode.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static void checkReferences(JsonNode node, Set<String> names) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.entries()) {
                if (entry.getKey().startsWith("Fn::") || entry.getKey().equals("Ref")) {
                    assertThat(FUNCTIONS).contains(entry.getKey());
                }
                if (entry.getKey().equals("Ref")) {
                    assertThat(names).contains(entry.getValue().getStringValue());
                } else if (entry.getKey().equals("Fn::GetAtt")) {
                    assertThat(names).contains(entry.getValue().get(0).getStringValue());
                    assertThat(entry.getValue().get(1).getStringValue()).isEqualTo("Arn");
                }
                checkReferences(entry.getValue(), names);
            }
        } else if (node.isArray()) {
            node.values().forEach(element -> checkReferences(element, names));
        }
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new HashSet<>();
        if (node.isObject()) {
            node.entries().forEach(entry -> {
                names.add(entry.getKey());
                names.addAll(names(entry.getValue()));
            });
        } else if (node.isArray()) {
            node.values().forEach(element -> names.addAll(names(element)));
        }
        return names;
    }
}
