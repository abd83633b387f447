package dev.plinth.local.iam;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What somebody wants to do.
 *
 * @param action      for example {@code dynamodb:PutItem}
 * @param resourceArn the ARN of the resource, or {@code *} for an action that has none
 * @param context     values of condition keys by key, for example {@code dynamodb:LeadingKeys}; the case of a key does
 *                    not matter
 */
public record AccessRequest(String action, String resourceArn, Map<String, List<String>> context) {
    public AccessRequest {
        if (!action.matches("[a-z0-9-]+:[A-Za-z0-9]+")) {
            throw new IllegalArgumentException("An action is written service:Name, not " + action);
        }
        Map<String, List<String>> folded = new HashMap<>();
        context.forEach((key, values) -> folded.put(fold(key), List.copyOf(values)));
        context = Map.copyOf(folded);
    }

    List<String> contextValues(String key) {
        return context.getOrDefault(fold(key), List.of());
    }

    static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
