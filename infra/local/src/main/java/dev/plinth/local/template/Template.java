package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template whose shape, functions and names have been checked.
 *
 * @param parameters values of the parameters by name; a parameter read from SSM has none
 * @param mappings   the tables of Fn::FindInMap by name
 */
record Template(
        Optional<String> description,
        Map<String, Parameter> parameters,
        Map<String, JsonNode> mappings,
        Map<String, Condition> conditions,
        Map<String, Resource> resources,
        Map<String, Output> outputs) {

    /**
     * A parameter.
     *
     * @param value a string or a list of strings; nothing where the value would be read from SSM
     */
    record Parameter(String type, Optional<JsonNode> value) {
    }

    /** A resource. */
    record Resource(
            String type,
            Expression properties,
            List<String> dependsOn,
            Optional<String> condition,
            Optional<String> deletionPolicy,
            Place place) {

        Place propertiesPlace() {
            return place.at("Properties");
        }
    }

    /** A stack output. */
    record Output(
            Expression value,
            Optional<String> description,
            Optional<Expression> exportName,
            Optional<String> condition,
            Place place) {
    }
}
