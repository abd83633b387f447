package dev.plinth.contract;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who may call a route. Whether the thing that the route names belongs to the caller, the service decides.
 *
 * @param open  true for a route that anybody may call, without a token
 * @param roles the roles that may call a closed route
 */
public record Access(boolean open, Set<Role> roles) {
    static final Access PUBLIC = new Access(true, Set.of());
    static final Access SIGNED_IN = new Access(false, EnumSet.allOf(Role.class));

    public Access {
        roles = Set.copyOf(roles);
        if (open != roles.isEmpty()) {
            throw new IllegalArgumentException("A route is open to everybody, or names the roles that may call it.");
        }
    }

    static Access only(Role... roles) {
        return new Access(false, Set.of(roles));
    }
}
