package dev.plinth.local.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outputs and exports of the stacks deployed so far. */
final class DeployedValues {
    private record Export(String stackName, String value) {
    }

    private final Map<String, Map<String, String>> outputs = new HashMap<>();
    private final Map<String, Export> exports = new TreeMap<>();

    void add(String stackName) {
        outputs.put(stackName, new LinkedHashMap<>());
    }

    void add(String stackName, DeployedStack.Output output, Place place) {
        outputs.get(stackName).put(output.key(), output.value());
        output.exportName().ifPresent(name -> {
            Export before = exports.putIfAbsent(name, new Export(stackName, output.value()));
            if (before != null) {
                throw place.at("Export").at("Name").refuse(
                        "the export " + name + ", which stack " + before.stackName() + " exports already",
                        "names that no other output exports");
            }
        });
    }

    Optional<String> export(String name) {
        return Optional.ofNullable(exports.get(name)).map(Export::value);
    }

    String exportNames() {
        return exports.isEmpty() ? "none" : String.join(", ", exports.keySet());
    }

    Optional<String> output(String stackName, String key) {
        return Optional.ofNullable(outputs.getOrDefault(stackName, Map.of()).get(key));
    }

    String outputNames(String stackName) {
        Map<String, String> known = outputs.get(stackName);
        if (known == null) {
            return "stack " + stackName + " is not among them; they are "
                    + (outputs.isEmpty() ? "none" : String.join(", ", outputs.keySet().stream().sorted().toList()));
        }
        return known.isEmpty() ? "stack " + stackName + " has none" : String.join(", ", known.keySet());
    }
}
