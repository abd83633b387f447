package dev.plinth.local.lambda;

/** Hands out the temporary credentials of roles, as Lambda gives them to a function. */
public interface RoleCredentials {
    /** Returns the credentials of a role; the same ones for each call. */
    Credentials of(String roleName);

    /** Temporary credentials in the shape that AWS gives them. */
    record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {
    }
}
