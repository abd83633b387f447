package dev.plinth.local.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes policies and roles for tests. JSON may be written with single quotes. */
final class Policies {
    static final String TABLE = "arn:aws:dynamodb:eu-west-1:000000000000:table/Orders";
    private static final PolicyReader READER = new PolicyReader(Set.of("k", "aws:RequestTag/", "dynamodb:LeadingKeys"));

    private Policies() {
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Makes a policy of the given statements, separated by commas. */
    static Policy policy(String statements) {
        return READER.policy("Default", "Shop/Role/Default", document(statements));
    }

    static TrustPolicy trust(String statements) {
        return READER.trustPolicy("orders", "Shop/Role", document(statements));
    }

    static JsonNode document(String statements) {
        return json("{'Version': '2012-10-17', 'Statement': [" + statements + "]}");
    }

    static Role role(Policy... policies) {
        return new Role("orders", "arn:aws:iam::000000000000:role/plinth/orders", "Shop/Role", List.of(policies),
                Optional.empty());
    }

    static Role bounded(Policy boundary, Policy... policies) {
        Role role = role(policies);
        return new Role(role.name(), role.arn(), role.constructPath(), role.policies(), Optional.of(boundary));
    }

    static AccessRequest request(String action, String resource) {
        return new AccessRequest(action, resource, Map.of());
    }
}
