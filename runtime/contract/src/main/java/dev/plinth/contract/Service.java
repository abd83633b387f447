package dev.plinth.contract;

import static dev.plinth.contract.Route.closed;
import static dev.plinth.contract.Route.open;
import static dev.plinth.contract.Setting.CACHE_HOST;
import static dev.plinth.contract.Setting.CACHE_NAME;
import static dev.plinth.contract.Setting.CACHE_PORT;
import static dev.plinth.contract.Setting.DATABASE_ADMIN_SECRET_ARN;
import static dev.plinth.contract.Setting.DATABASE_HOST;
import static dev.plinth.contract.Setting.DATABASE_INSTANCE_HOST;
import static dev.plinth.contract.Setting.DATABASE_NAME;
import static dev.plinth.contract.Setting.DATABASE_PORT;
import static dev.plinth.contract.Setting.IDENTITY_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.MAIL_SENDER;
import static dev.plinth.contract.Setting.OPERATOR_EMAIL;
import static dev.plinth.contract.Setting.ORDERS_TABLE_NAME;
import static dev.plinth.contract.Setting.REVOCATIONS_TABLE_NAME;
import static dev.plinth.contract.Setting.TODOS_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.TODOS_TABLE_NAME;
import static dev.plinth.contract.Setting.TOKEN_ISSUER;
import static dev.plinth.contract.Setting.TOKEN_KEYS_TABLE_NAME;
import static dev.plinth.contract.Setting.TOKEN_SIGNING_KEY_ARN;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A service: a package of the functions' jar that one Lambda function starts, with what starts it, the routes it answers
 * and the settings it is given. A function never has a setting that its service does not use.
 */
public enum Service {
    /** Takes and follows orders. */
    ORDERS(Trigger.HTTP,
            Set.of(ORDERS_TABLE_NAME),
            closed("POST /orders"),
            closed("GET /orders"),
            closed("GET /orders/{id}"),
            closed("PATCH /orders/{id}"),
            closed("DELETE /orders/{id}"),
            open("GET /orders/health/check"),
            open("GET /openapi.yml")),

    /** Keeps users and their sessions, and issues access tokens. */
    IDENTITY(Trigger.HTTP,
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, CACHE_HOST, CACHE_PORT, CACHE_NAME,
                    TOKEN_KEYS_TABLE_NAME, REVOCATIONS_TABLE_NAME, TOKEN_SIGNING_KEY_ARN, TOKEN_ISSUER,
                    IDENTITY_EVENTS_QUEUE_URL, TODOS_EVENTS_QUEUE_URL, OPERATOR_EMAIL),
            open("POST /users"),
            closed("GET /users/{id}"),
            closed("PATCH /users/{id}"),
            closed("DELETE /users/{id}"),
            closed("PUT /users/{id}/role", Role.OPERATOR),
            open("POST /verification-codes"),
            open("POST /verifications"),
            open("POST /password-reset-codes"),
            open("POST /password-resets"),
            open("POST /sessions"),
            open("POST /sessions/refresh"),
            closed("GET /sessions"),
            closed("GET /sessions/{id}"),
            closed("DELETE /sessions/{id}"),
            closed("DELETE /sessions"),
            open("GET /.well-known/jwks.json")),

    /** Keeps todos. */
    TODOS(Trigger.HTTP,
            Set.of(TODOS_TABLE_NAME),
            closed("POST /users/{id}/todos"),
            closed("GET /users/{id}/todos"),
            closed("GET /todos/{id}"),
            closed("PUT /todos/{id}"),
            closed("DELETE /todos/{id}")),

    /** Shows what spans the databases: a user's dashboard, and whether each database answers. */
    DASHBOARD(Trigger.HTTP,
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, CACHE_HOST, CACHE_PORT, CACHE_NAME, TODOS_TABLE_NAME),
            closed("GET /dashboard/{id}"),
            open("GET /health")),

    /** Tells the HTTP API who calls. */
    AUTHORIZER(Trigger.AUTHORIZER,
            Set.of(TOKEN_KEYS_TABLE_NAME, REVOCATIONS_TABLE_NAME, TOKEN_ISSUER)),

    /** Mails verification codes, and ends the sessions of users who are gone. */
    IDENTITY_WORKER(Trigger.QUEUE,
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, CACHE_HOST, CACHE_PORT, CACHE_NAME,
                    REVOCATIONS_TABLE_NAME, MAIL_SENDER)),

    /** Removes the todos of users who are gone. */
    TODOS_WORKER(Trigger.QUEUE,
            Set.of(TODOS_TABLE_NAME)),

    /** Sends on the events that the identity service left in its outbox. */
    OUTBOX_RELAY(Trigger.SCHEDULE,
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, IDENTITY_EVENTS_QUEUE_URL, TODOS_EVENTS_QUEUE_URL)),

    /** Makes and replaces the key that signs access tokens. */
    TOKEN_KEYS(Trigger.ROTATION,
            Set.of(TOKEN_KEYS_TABLE_NAME, TOKEN_ISSUER)),

    /** Brings the database's schema to the version of the jar. */
    MIGRATIONS(Trigger.DEPLOYMENT,
            Set.of(DATABASE_INSTANCE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_ADMIN_SECRET_ARN));

    /** The variable by which a function chooses its service: Micronaut's list of environments. */
    public static final String ENVIRONMENT_VARIABLE = "MICRONAUT_ENVIRONMENTS";

    private final Trigger trigger;
    private final Set<Setting> settings;
    private final List<Route> routes;

    Service(Trigger trigger, Set<Setting> settings, Route... routes) {
        this.trigger = trigger;
        this.settings = settings;
        this.routes = List.of(routes);
    }

    /** Returns the Micronaut environment that holds the service's beans, for example {@code identity-worker}. */
    public String environment() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what starts the service's function. */
    public Trigger trigger() {
        return trigger;
    }

    /** Returns the settings that the service's function is given: all of them, and no other. */
    public Set<Setting> settings() {
        return settings;
    }

    /** Returns the routes that the service answers; none unless the HTTP API starts it. */
    public List<Route> routes() {
        return routes;
    }

    /** Tells whether the service signs in to PostgreSQL as {@link #databaseUser}. */
    public boolean usesDatabase() {
        return settings.contains(DATABASE_HOST);
    }

    /** Tells whether the service signs in to the cache as {@link #cacheUser}. */
    public boolean usesCache() {
        return settings.contains(CACHE_HOST);
    }

    /** Returns the service's user in PostgreSQL, for example {@code plinth_identity_worker}. */
    public String databaseUser() {
        return "plinth_" + environment().replace('-', '_');
    }

    /**
     * Returns the service's user in the cache, for example {@code plinth-dev-identity-worker}. Its id is its name, as
     * IAM authentication wants it.
     *
     * @param cacheName the value of {@link Setting#CACHE_NAME}
     */
    public String cacheUser(String cacheName) {
        return cacheName + "-" + environment();
    }
}
