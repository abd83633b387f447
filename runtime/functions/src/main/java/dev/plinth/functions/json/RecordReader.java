package dev.plinth.functions.json;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.validation.validator.Validator;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Turns a JSON object into a record by the record's introspection. It goes on after a rule is broken, so that a caller
 * learns of all of them at once; a general decoder stops at the first, and its message is not for callers.
 */
final class RecordReader {
    private static final String REQUIRED = "is required";

    /** Stands for the record of a list's element, which is no component: its constraints are checked with the whole. */
    private static final Class<?> ELEMENT = Void.class;

    private final Validator validator;

    RecordReader(Validator validator) {
        this.validator = validator;
    }

    <T> T read(JsonNode object, Class<T> type) {
        Reading reading = new Reading();
        T value = reading.object("", object, type);
        reading.failIfInvalid();
        // Constraints of a whole record, or of elements, are not among those of single values.
        for (ConstraintViolation<T> broken : validator.validate(value)) {
            reading.violate(pointer(broken.getPropertyPath()), broken.getMessage());
        }
        reading.failIfInvalid();
        return value;
    }

    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append('/').append(escaped(node.getName()));
            }
        }
        return pointer.toString();
    }

    /** RFC 6901, section 3. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** One body on its way to a record, with the rules it has broken so far. */
    private final class Reading {
        private final Set<Violation> violations = new LinkedHashSet<>();

        void violate(String pointer, String detail) {
            violations.add(new Violation(Violation.Place.BODY, pointer, detail));
        }

        void failIfInvalid() {
            if (!violations.isEmpty()) {
                throw Failure.invalid(List.copyOf(violations));
            }
        }

        /** Returns null when the object breaks a rule, since a record may not be able to hold what is left of it. */
        <T> T object(String pointer, JsonNode object, Class<T> type) {
            int before = violations.size();
            BeanIntrospection<T> introspection = BeanIntrospection.getIntrospection(type);
            Argument<?>[] components = introspection.getConstructorArguments();
            refuseUnknown(pointer, object, components);
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = component(pointer, object.get(components[i].getName()), type, components[i]);
            }
            return violations.size() == before ? introspection.instantiate(false, values) : null;
        }

        private void refuseUnknown(String pointer, JsonNode object, Argument<?>[] components) {
            Set<String> known = Arrays.stream(components).map(Argument::getName)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (Map.Entry<String, JsonNode> field : object.entries()) {
                if (!known.contains(field.getKey())) {
                    violate(pointer + '/' + escaped(field.getKey()),
                            "is not a known field; known are " + String.join(", ", known));
                }
            }
        }

        private Object component(String parent, JsonNode node, Class<?> record, Argument<?> component) {
            String pointer = parent + '/' + escaped(component.getName());
            if (node == null || node.isNull()) {
                if (component.isPrimitive() || breaksConstraint(record, component, null)) {
                    violate(pointer, REQUIRED);
                }
                return null;
            }
            int before = violations.size();
            Object value = value(pointer, node, record, component);
            if (violations.size() == before) {
                constrain(pointer, record, component, value);
            }
            return value;
        }

        private boolean breaksConstraint(Class<?> record, Argument<?> component, Object value) {
            return !validator.validateValue(record, component.getName(), value).isEmpty();
        }

        private void constrain(String pointer, Class<?> record, Argument<?> component, Object value) {
            if (record == ELEMENT) {
                return;
            }
            validator.validateValue(record, component.getName(), value).stream()
                    .map(ConstraintViolation::getMessage)
                    .sorted()
                    .forEach(message -> violate(pointer, message));
        }

        private Object value(String pointer, JsonNode node, Class<?> record, Argument<?> argument) {
            Class<?> type = argument.getWrapperType();
            if (type == String.class) {
                return text(pointer, node);
            } else if (type == Integer.class) {
                return whole(pointer, node, Integer.MIN_VALUE, Integer.MAX_VALUE, record, argument,
                        BigInteger::intValue);
            } else if (type == Long.class) {
                return whole(pointer, node, Long.MIN_VALUE, Long.MAX_VALUE, record, argument,
                        BigInteger::longValue);
            } else if (type == BigDecimal.class) {
                return is(pointer, node, JsonKind.NUMBER) ? new BigDecimal(node.getNumberValue().toString()) : null;
            } else if (type == Boolean.class) {
                return is(pointer, node, JsonKind.BOOLEAN) ? node.getBooleanValue() : null;
            } else if (type.isEnum()) {
                return constant(pointer, node, type);
            } else if (type == UUID.class) {
                return uuid(pointer, node);
            } else if (type == Instant.class) {
                return instant(pointer, node);
            } else if (type == List.class) {
                return list(pointer, node, argument.getFirstTypeVariable().orElseThrow());
            }
            return is(pointer, node, JsonKind.OBJECT) ? object(pointer, node, type) : null;
        }

        private boolean is(String pointer, JsonNode node, JsonKind wanted) {
            JsonKind found = JsonKind.of(node);
            if (found == wanted) {
                return true;
            }
            violate(pointer, "must be " + wanted.words() + ", not " + found.words());
            return false;
        }

        private String text(String pointer, JsonNode node) {
            if (!is(pointer, node, JsonKind.STRING)) {
                return null;
            }
            // An escape can name half a pair; written as UTF-8 later, it would silently become a question mark.
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(node.getStringValue())) {
                violate(pointer, "must not hold half of a surrogate pair");
                return null;
            }
            return node.getStringValue();
        }

        /** The bounds of the type are the last resort: a constraint of the component is what the caller should hear. */
        private <N extends Number> N whole(String pointer, JsonNode node, long min, long max, Class<?> record,
                Argument<?> argument, Function<BigInteger, N> convert) {
            if (!is(pointer, node, JsonKind.NUMBER)) {
                return null;
            }
            if (node.getNumberValue() instanceof BigDecimal || node.getNumberValue() instanceof Double) {
                violate(pointer, "must be a whole number, without a fraction or an exponent");
                return null;
            }
            BigInteger value = new BigInteger(node.getNumberValue().toString());
            BigInteger nearest = value.max(BigInteger.valueOf(min)).min(BigInteger.valueOf(max));
            N converted = convert.apply(nearest);
            if (!nearest.equals(value)) {
                int before = violations.size();
                constrain(pointer, record, argument, converted);
                if (violations.size() == before) {
                    violate(pointer, "must be a whole number from " + min + " to " + max);
                }
            }
            return converted;
        }

        private Object constant(String pointer, JsonNode node, Class<?> type) {
            String name = text(pointer, node);
            if (name == null) {
                return null;
            }
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            violate(pointer, "must be one of " + Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ")));
            return null;
        }

        private UUID uuid(String pointer, JsonNode node) {
            String text = text(pointer, node);
            // UUID.fromString takes shortened groups as well.
            if (text != null && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                return UUID.fromString(text);
            }
            if (text != null) {
                violate(pointer, "must be a UUID");
            }
            return null;
        }

        private Instant instant(String pointer, JsonNode node) {
            String text = text(pointer, node);
            if (text == null) {
                return null;
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeException notATime) {
                violate(pointer, "must be a UTC time, for example 2026-01-31T12:00:00Z");
                return null;
            }
        }

        private List<?> list(String pointer, JsonNode node, Argument<?> element) {
            if (!is(pointer, node, JsonKind.ARRAY)) {
                return null;
            }
            List<Object> elements = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                String at = pointer + '/' + i;
                if (node.get(i).isNull()) {
                    violate(at, "must not be null");
                } else {
                    elements.add(value(at, node.get(i), ELEMENT, element));
                }
            }
            return elements;
        }
    }
}
