package dev.plinth.local.template;

import java.util.Map;

/**
 * What a template can learn of a created resource.
 *
 * @param ref        the value of {@code Ref}, which is also the physical id
 * @param attributes the values of {@code Fn::GetAtt} by attribute name; a name that is missing here is an error where a
 *                   template asks for it
 */
public record CreatedResource(String ref, Map<String, String> attributes) {
    public CreatedResource {
        attributes = Map.copyOf(attributes);
    }
}
