package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The values of settings, added by the stacks that own them and read by the functions that need them. */
final class SettingValues {
    private final Map<Setting, String> values = new EnumMap<>(Setting.class);

    /** Adds the value of a setting. Only its owner may, and once: two outputs of one setting could disagree. */
    void add(StackId publisher, Setting setting, String value) {
        if (publisher != setting.owner()) {
            throw new IllegalStateException(setting + " belongs to " + setting.owner() + ", not to " + publisher);
        }
        if (values.putIfAbsent(setting, value) != null) {
            throw new IllegalStateException(setting + " has a value already");
        }
    }

    /** Returns the environment of a service's function: all of its settings, and no other. */
    Map<String, String> variables(Service service) {
        // Sorted, since the order of a set differs from one JVM to the next and the template must not.
        Map<String, String> variables = new TreeMap<>();
        variables.put(Service.ENVIRONMENT_VARIABLE, service.environment());
        for (Setting setting : service.settings()) {
            if (!values.containsKey(setting)) {
                throw new IllegalStateException(service + " needs " + setting + ", which no stack before it published");
            }
            variables.put(setting.variable(), values.get(setting));
        }
        return variables;
    }

    /** Fails when a setting has no value, for a program would look for its output in vain. */
    void requireAll() {
        for (Setting setting : Setting.values()) {
            if (!values.containsKey(setting)) {
                throw new IllegalStateException(setting.owner() + " does not publish " + setting);
            }
        }
    }
}
