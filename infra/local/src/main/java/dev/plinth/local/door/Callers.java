package dev.plinth.local.door;

import dev.plinth.local.iam.Role;
import dev.plinth.local.lambda.RoleCredentials;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may call: the roles of functions, each with an access key drawn at random for this run, and the operator, who
 * may do everything, as the person at the laptop can anyway. Thread-safe.
 */
public final class Callers implements RoleCredentials {
    /** Credentials for the CLI, tests and clients of the person at the laptop. */
    public static final Credentials OPERATOR = new Credentials("PLINTHOPERATOR", "laptop-only", "");

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Credentials> byRole = new ConcurrentHashMap<>();
    private final Map<String, String> roleByKey = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();

    /** A caller known by its access key: the operator when {@code role} is empty. */
    record Caller(Optional<Role> role) {
        String name() {
            return role.map(Role::name).orElse("operator");
        }

        /** Returns the construct path of the role. */
        String place() {
            return role.map(Role::constructPath).orElse("operator");
        }
    }

    /** Sets a role's policies; replaces what was said of it before. */
    public void define(Role role) {
        roles.put(role.name(), role);
    }

    @Override
    public Credentials of(String roleName) {
        return byRole.computeIfAbsent(roleName, name -> {
            String key = "ASIA" + random(16);
            roleByKey.put(key, name);
            return new Credentials(key, random(40), random(64));
        });
    }

    Optional<Caller> find(String accessKeyId) {
        if (OPERATOR.accessKeyId().equals(accessKeyId)) {
            return Optional.of(new Caller(Optional.empty()));
        }
        return Optional.ofNullable(roleByKey.get(accessKeyId)).map(roles::get).map(role -> new Caller(Optional.of(role)));
    }

    /**
     * Whoever signed something.
     *
     * @param role empty for the operator
     */
    public record Signer(Optional<Role> role, Credentials credentials) {
    }

    /** Returns who has an access key, with what its signatures are verified by. */
    public Optional<Signer> signer(String accessKeyId) {
        return find(accessKeyId).map(caller ->
                new Signer(caller.role(), caller.role().map(role -> of(role.name())).orElse(OPERATOR)));
    }

    /** Returns a role by its name. */
    public Optional<Role> role(String name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** Returns the roles that are defined so far. */
    public List<Role> roles() {
        return List.copyOf(roles.values());
    }

    private String random(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
