package dev.plinth.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads policy documents, and refuses what could not be evaluated as AWS would. Immutable. */
public final class PolicyReader {
    private static final String VERSION = "2012-10-17";
    private static final Set<String> DOCUMENT_KEYS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_KEYS =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");
    private static final Set<String> RESOURCE_KEYS =
            Set.of("Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition");
    private static final Set<String> TRUST_KEYS = Set.of("Sid", "Effect", "Principal", "Action", "Condition");
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern ACTION =
            Pattern.compile("\\*(:\\*)?|[a-z0-9-]+:[a-z0-9*?]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPERATOR = Pattern.compile("(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?");
    private static final Statement.Patterns EVERYTHING = new Statement.Patterns(List.of(), true);

    private final Set<String> contextKeys;

    /**
     * @param contextKeys the condition keys whose values the caller puts into each {@link AccessRequest} that they
     *                    apply to. A policy with another key is refused, since a key that is never there would make a
     *                    Deny silent. A key that ends in a slash stands for all that begin so: {@code aws:RequestTag/}.
     */
    public PolicyReader(Set<String> contextKeys) {
        this.contextKeys = contextKeys.stream().map(AccessRequest::fold).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads an identity policy or a permissions boundary.
     *
     * @throws PolicyException if something in it is not supported
     */
    public Policy policy(String name, String constructPath, JsonNode document) {
        PolicyPlace place = new PolicyPlace(name, constructPath, "");
        List<Statement> statements = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        eachStatement(document, place, (node, where) ->
                statements.add(statement(node, STATEMENT_KEYS, where, label(node, labels, where))));
        return new Policy(name, constructPath, statements);
    }

    /**
     * Reads a trust policy: the document that says who may assume a role. Only services are supported as principals.
     *
     * @throws PolicyException if something in it is not supported
     */
    public TrustPolicy trustPolicy(String roleName, String constructPath, JsonNode document) {
        PolicyPlace place = new PolicyPlace("trust of " + roleName, constructPath, "");
        List<TrustPolicy.TrustStatement> statements = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        eachStatement(document, place, (node, where) -> {
            Statement statement = statement(node, TRUST_KEYS, where, label(node, labels, where));
            statements.add(new TrustPolicy.TrustStatement(statement, services(node, where)));
        });
        return new TrustPolicy(statements);
    }

    /**
     * Reads the policy of a resource that services of AWS may use as well, such as a queue to which a topic sends. It
     * may deny everybody, as in {@link #denials}, and allow services; roles are allowed by their own policies.
     *
     * @throws PolicyException if something in it is not supported
     */
    public ResourcePolicy resourcePolicy(String name, String constructPath, JsonNode document) {
        PolicyPlace place = new PolicyPlace(name, constructPath, "");
        List<Statement> denials = new ArrayList<>();
        List<ResourcePolicy.Grant> grants = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        eachStatement(document, place, (node, where) -> {
            Statement statement = statement(node, RESOURCE_KEYS, where, label(node, labels, where));
            if (statement.allow() && node.path("Principal").has("Service")) {
                grants.add(new ResourcePolicy.Grant(statement, services(node, where)));
            } else {
                denials.add(denial(statement, node, where));
            }
        });
        return new ResourcePolicy(new Policy(name, constructPath, denials), grants);
    }

    /**
     * Reads the policy of a resource. It may only deny, and only everybody: what is allowed, the roles' policies say.
     *
     * @throws PolicyException if something in it is not supported
     */
    public Policy denials(String name, String constructPath, JsonNode document) {
        PolicyPlace place = new PolicyPlace(name, constructPath, "");
        List<Statement> statements = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        eachStatement(document, place, (node, where) -> {
            Statement statement = statement(node, RESOURCE_KEYS, where, label(node, labels, where));
            statements.add(denial(statement, node, where));
        });
        return new Policy(name, constructPath, statements);
    }

    private static Statement denial(Statement statement, JsonNode node, PolicyPlace where) {
        JsonNode principal = node.path("Principal");
        JsonNode named = principal.isObject() && principal.size() == 1 ? principal.path("AWS") : principal;
        if (statement.allow()) {
            throw where.at("Effect").refuse("Allow", "Deny, since roles are allowed by their own policies");
        }
        if (!named.asText().equals("*")) {
            throw where.at("Principal").refuse(found(principal), "*, {\"AWS\": \"*\"}");
        }
        return statement;
    }

    private interface StatementConsumer {
        void accept(JsonNode node, PolicyPlace place);
    }

    private static void eachStatement(JsonNode document, PolicyPlace place, StatementConsumer consumer) {
        known(document, DOCUMENT_KEYS, place);
        if (!document.path("Version").asText().equals(VERSION)) {
            throw place.at("Version").refuse(found(document.path("Version")), VERSION);
        }
        PolicyPlace where = place.at("Statement");
        JsonNode statements = document.path("Statement");
        if (statements.isObject()) {
            consumer.accept(statements, where);
            return;
        }
        if (!statements.isArray() || statements.isEmpty()) {
            throw where.refuse(found(statements), "a statement or a list of statements");
        }
        int index = 0;
        for (JsonNode statement : statements) {
            consumer.accept(statement, where.at(index++));
        }
    }

    private static String label(JsonNode node, Set<String> labels, PolicyPlace place) {
        JsonNode sid = node.path("Sid");
        if (!sid.isMissingNode() && (!sid.isTextual() || !SID.matcher(sid.asText()).matches())) {
            throw place.at("Sid").refuse(found(sid), "letters and digits");
        }
        String label = sid.isMissingNode() ? "#" + labels.size() : sid.asText();
        if (!labels.add(label)) {
            throw place.at("Sid").refuse(label + " a second time", "each Sid once in a policy");
        }
        return label;
    }

    private Statement statement(JsonNode node, Set<String> keys, PolicyPlace place, String label) {
        known(node, keys, place);
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw place.at("Effect").refuse(found(node.path("Effect")), "Allow, Deny");
        }
        Statement.Patterns actions = patterns(node, "Action", place, PolicyReader::action);
        Statement.Patterns resources = keys.contains("Resource")
                ? patterns(node, "Resource", place, PolicyReader::resource)
                : EVERYTHING;
        return new Statement(label, effect.equals("Allow"), actions, resources, conditions(node, place));
    }

    private interface PatternReader {
        Wildcard read(String text, PolicyPlace place);
    }

    private static Statement.Patterns patterns(JsonNode node, String name, PolicyPlace place, PatternReader reader) {
        boolean inverted = node.has("Not" + name);
        if (inverted == node.has(name)) {
            throw place.refuse(
                    inverted ? name + " and Not" + name : "neither " + name + " nor Not" + name, "one of the two");
        }
        PolicyPlace where = place.at(inverted ? "Not" + name : name);
        List<Wildcard> patterns = new ArrayList<>();
        for (String text : strings(node.get(inverted ? "Not" + name : name), where)) {
            patterns.add(reader.read(text, where));
        }
        return new Statement.Patterns(patterns, inverted);
    }

    private static Wildcard action(String text, PolicyPlace place) {
        if (!ACTION.matcher(text).matches()) {
            throw place.refuse("the action " + text, "*, service:Name, with * and ? in the name");
        }
        return Wildcard.pattern(text, true, place);
    }

    /** Completes an ARN of fewer than six parts by wildcards, as IAM does. */
    private static Wildcard resource(String text, PolicyPlace place) {
        if (text.equals("*")) {
            return Wildcard.pattern(text, false, place);
        }
        String[] parts = text.split(":", 6);
        if (!parts[0].equals("arn") || parts.length < 3 || parts[2].contains("*") || parts[2].contains("?")) {
            throw place.refuse("the resource " + text, "*, or an ARN that names its service");
        }
        return Wildcard.pattern(text + ":*".repeat(6 - parts.length), false, place);
    }

    private List<Condition> conditions(JsonNode node, PolicyPlace place) {
        List<Condition> conditions = new ArrayList<>();
        JsonNode block = node.path("Condition");
        if (block.isMissingNode()) {
            return conditions;
        }
        object(block, place.at("Condition"));
        for (Map.Entry<String, JsonNode> operator : block.properties()) {
            PolicyPlace where = place.at("Condition").at(operator.getKey());
            object(operator.getValue(), where);
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                conditions.add(condition(operator.getKey(), key.getKey(), key.getValue(), where.at(key.getKey())));
            }
        }
        return conditions;
    }

    private Condition condition(String written, String key, JsonNode values, PolicyPlace place) {
        Matcher matcher = OPERATOR.matcher(written);
        Optional<Operator> named = matcher.matches() ? Operator.named(matcher.group(2)) : Optional.empty();
        Operator operator = named.orElseThrow(() -> place.refuse("the operator " + written,
                Operator.names() + ", with ForAllValues: or ForAnyValue: before and IfExists after"));
        boolean ifExists = matcher.group(3) != null;
        if (operator == Operator.NULL && (ifExists || matcher.group(1) != null)) {
            throw place.refuse("the operator " + written, "Null alone");
        }
        requireKnown(key, place);
        List<String> wanted = strings(values, place);
        List<Predicate<String>> comparisons = wanted.stream().map(value -> operator.comparison(value, place)).toList();
        return new Condition(written, operator, quantifier(matcher.group(1)), ifExists, key, wanted, comparisons);
    }

    private static Condition.Quantifier quantifier(String written) {
        if (written == null) {
            return Condition.Quantifier.NONE;
        }
        return written.equals("ForAllValues")
                ? Condition.Quantifier.FOR_ALL_VALUES
                : Condition.Quantifier.FOR_ANY_VALUE;
    }

    private void requireKnown(String key, PolicyPlace place) {
        String folded = AccessRequest.fold(key);
        int slash = folded.indexOf('/');
        if (!contextKeys.contains(folded) && (slash < 0 || !contextKeys.contains(folded.substring(0, slash + 1)))) {
            throw place.refuse("the condition key " + key,
                    contextKeys.isEmpty() ? "none" : String.join(", ", new TreeSet<>(contextKeys)));
        }
    }

    private static Set<String> services(JsonNode statement, PolicyPlace place) {
        JsonNode principal = statement.path("Principal");
        PolicyPlace where = place.at("Principal");
        if (!principal.isObject() || principal.size() != 1 || !principal.has("Service")) {
            throw where.refuse(found(principal), "{\"Service\": ...}");
        }
        return Set.copyOf(strings(principal.get("Service"), where.at("Service")));
    }

    /** Reads a string, a number or a boolean, or a list of them that is not empty. */
    private static List<String> strings(JsonNode node, PolicyPlace place) {
        List<String> strings = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode item : node) {
                strings.add(scalar(item, place.at(strings.size())));
            }
        } else {
            strings.add(scalar(node, place));
        }
        if (strings.isEmpty()) {
            throw place.refuse("an empty list", "one value or more");
        }
        return strings;
    }

    private static String scalar(JsonNode node, PolicyPlace place) {
        if (!node.isValueNode() || node.isNull()) {
            throw place.refuse(found(node), "a string or a list of strings");
        }
        return node.asText();
    }

    private static void object(JsonNode node, PolicyPlace place) {
        if (!node.isObject()) {
            throw place.refuse(found(node), "an object");
        }
    }

    private static void known(JsonNode node, Set<String> keys, PolicyPlace place) {
        object(node, place);
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw place.at(key).refuse("the element " + key, String.join(", ", new TreeSet<>(keys)));
            }
        });
    }

    private static String found(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
