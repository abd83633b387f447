package dev.plinth.contract;

import static dev.plinth.contract.Route.closed;
import static dev.plinth.contract.Route.open;
import static dev.plinth.contract.Setting.ARTIFACTS_BUCKET_NAME;
import static dev.plinth.contract.Setting.CACHE_HOST;
import static dev.plinth.contract.Setting.CACHE_NAME;
import static dev.plinth.contract.Setting.CACHE_PORT;
import static dev.plinth.contract.Setting.DATABASE_ADMIN_SECRET_ARN;
import static dev.plinth.contract.Setting.DATABASE_HOST;
import static dev.plinth.contract.Setting.DATABASE_INSTANCE_HOST;
import static dev.plinth.contract.Setting.DATABASE_NAME;
import static dev.plinth.contract.Setting.DATABASE_PORT;
import static dev.plinth.contract.Setting.DEPLOYMENT_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.DEPLOYMENT_QUEUE_URL;
import static dev.plinth.contract.Setting.DEPLOYMENT_ROLE_ARN;
import static dev.plinth.contract.Setting.DEPLOYMENT_STACK_PREFIX;
import static dev.plinth.contract.Setting.GENERATION_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.GENERATION_QUEUE_URL;
import static dev.plinth.contract.Setting.IDENTITY_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.IDENTITY_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.MAIL_SENDER;
import static dev.plinth.contract.Setting.NOTIFICATIONS_TOPIC_ARN;
import static dev.plinth.contract.Setting.OPERATOR_EMAIL;
import static dev.plinth.contract.Setting.ORDERS_TABLE_NAME;
import static dev.plinth.contract.Setting.RATE_LIMITS_TABLE_NAME;
import static dev.plinth.contract.Setting.REVOCATIONS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_ACTIVITY_LOGS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_ANALYTICS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_ARCHITECTURES_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_CODE_GENERATIONS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_DEPLOYMENTS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_DOCUMENTATION_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.STUDIO_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.STUDIO_INTEGRATIONS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_PROJECTS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_SCHEMAS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_SETTINGS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_TEAMS_TABLE_NAME;
import static dev.plinth.contract.Setting.STUDIO_USERS_TABLE_NAME;
import static dev.plinth.contract.Setting.TODOS_EVENTS_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.TODOS_EVENTS_QUEUE_URL;
import static dev.plinth.contract.Setting.TODOS_TABLE_NAME;
import static dev.plinth.contract.Setting.TOKEN_ISSUER;
import static dev.plinth.contract.Setting.TOKEN_KEYS_TABLE_NAME;
import static dev.plinth.contract.Setting.TOKEN_SIGNING_KEY_ARN;
import static dev.plinth.contract.Setting.WEBHOOK_DEAD_LETTERS_URL;
import static dev.plinth.contract.Setting.WEBHOOK_QUEUE_URL;

import java.util.Collections;
import java.util.EnumSet;
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
                    IDENTITY_EVENTS_QUEUE_URL, TODOS_EVENTS_QUEUE_URL, STUDIO_EVENTS_QUEUE_URL, OPERATOR_EMAIL),
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

    /** Keeps what people edit in the studio, and takes their code generations and deployments. */
    STUDIO(Trigger.HTTP,
            Set.of(STUDIO_USERS_TABLE_NAME, STUDIO_PROJECTS_TABLE_NAME, STUDIO_SCHEMAS_TABLE_NAME,
                    STUDIO_ARCHITECTURES_TABLE_NAME, STUDIO_CODE_GENERATIONS_TABLE_NAME, STUDIO_DEPLOYMENTS_TABLE_NAME,
                    STUDIO_ANALYTICS_TABLE_NAME, STUDIO_ACTIVITY_LOGS_TABLE_NAME, STUDIO_DOCUMENTATION_TABLE_NAME,
                    STUDIO_TEAMS_TABLE_NAME, STUDIO_SETTINGS_TABLE_NAME,
                    ARTIFACTS_BUCKET_NAME, GENERATION_QUEUE_URL, DEPLOYMENT_QUEUE_URL),
            closed("GET /api/profile"),
            closed("PUT /api/profile"),
            closed("GET /api/activity"),
            closed("POST /api/teams"),
            closed("GET /api/teams"),
            closed("GET /api/teams/{id}"),
            closed("PUT /api/teams/{id}"),
            closed("DELETE /api/teams/{id}"),
            closed("PUT /api/teams/{id}/members/{userId}"),
            closed("DELETE /api/teams/{id}/members/{userId}"),
            closed("POST /api/projects"),
            closed("GET /api/projects"),
            closed("GET /api/projects/{id}"),
            closed("PUT /api/projects/{id}"),
            closed("DELETE /api/projects/{id}"),
            closed("GET /api/projects/{id}/activity"),
            closed("GET /api/projects/{id}/analytics"),
            closed("POST /api/projects/{id}/schemas"),
            closed("GET /api/projects/{id}/schemas"),
            closed("GET /api/projects/{id}/schemas/{schemaId}"),
            closed("PUT /api/projects/{id}/schemas/{schemaId}"),
            closed("DELETE /api/projects/{id}/schemas/{schemaId}"),
            closed("POST /api/projects/{id}/architectures"),
            closed("GET /api/projects/{id}/architectures"),
            closed("GET /api/projects/{id}/architectures/{architectureId}"),
            closed("PUT /api/projects/{id}/architectures/{architectureId}"),
            closed("DELETE /api/projects/{id}/architectures/{architectureId}"),
            closed("POST /api/projects/{id}/documentation"),
            closed("GET /api/projects/{id}/documentation"),
            closed("GET /api/projects/{id}/documentation/{documentId}"),
            closed("PUT /api/projects/{id}/documentation/{documentId}"),
            closed("DELETE /api/projects/{id}/documentation/{documentId}"),
            closed("GET /api/projects/{id}/settings"),
            closed("GET /api/projects/{id}/settings/{name}"),
            closed("PUT /api/projects/{id}/settings/{name}"),
            closed("DELETE /api/projects/{id}/settings/{name}"),
            closed("POST /api/code-gen"),
            closed("GET /api/code-gen"),
            closed("GET /api/code-gen/{id}"),
            closed("GET /api/code-gen/{id}/download-url"),
            closed("POST /api/deployments"),
            closed("GET /api/deployments"),
            closed("GET /api/deployments/{id}"),
            closed("DELETE /api/deployments/{id}")),

    /** Keeps who is told of what has ended: subscriptions of people, and integrations of projects. */
    NOTIFICATIONS(Trigger.HTTP,
            Set.of(STUDIO_PROJECTS_TABLE_NAME, STUDIO_TEAMS_TABLE_NAME, STUDIO_INTEGRATIONS_TABLE_NAME,
                    STUDIO_ACTIVITY_LOGS_TABLE_NAME, NOTIFICATIONS_TOPIC_ARN, WEBHOOK_QUEUE_URL),
            closed("POST /api/notifications/subscribe/email"),
            closed("POST /api/notifications/subscribe/sms"),
            closed("POST /api/notifications/subscribe/webhook"),
            closed("POST /api/notifications/confirm"),
            closed("POST /api/notifications/unsubscribe"),
            closed("GET /api/notifications/subscriptions"),
            closed("GET /api/notifications/subscriptions/{id}"),
            closed("GET /api/notifications/subscriptions/{id}/deliveries"),
            closed("POST /api/projects/{id}/integrations"),
            closed("GET /api/projects/{id}/integrations"),
            closed("GET /api/projects/{id}/integrations/{integrationId}"),
            closed("PUT /api/projects/{id}/integrations/{integrationId}"),
            closed("DELETE /api/projects/{id}/integrations/{integrationId}")),

    /** Shows operators the queues, and what died in them. */
    QUEUE_ADMIN(Trigger.HTTP,
            Set.of(IDENTITY_EVENTS_QUEUE_URL, IDENTITY_EVENTS_DEAD_LETTERS_URL,
                    TODOS_EVENTS_QUEUE_URL, TODOS_EVENTS_DEAD_LETTERS_URL,
                    STUDIO_EVENTS_QUEUE_URL, STUDIO_EVENTS_DEAD_LETTERS_URL,
                    GENERATION_QUEUE_URL, GENERATION_DEAD_LETTERS_URL,
                    DEPLOYMENT_QUEUE_URL, DEPLOYMENT_DEAD_LETTERS_URL,
                    WEBHOOK_QUEUE_URL, WEBHOOK_DEAD_LETTERS_URL),
            closed("GET /api/admin/queues", Role.OPERATOR),
            closed("GET /api/admin/queues/{name}", Role.OPERATOR),
            closed("GET /api/admin/queues/{name}/dead-letters", Role.OPERATOR),
            closed("DELETE /api/admin/queues/{name}/dead-letters/{id}", Role.OPERATOR),
            closed("POST /api/admin/queues/{name}/redrive", Role.OPERATOR)),

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

    /** Removes what users who are gone leave in the studio: subscriptions, projects, memberships and their profile. */
    STUDIO_WORKER(Trigger.QUEUE,
            Set.of(STUDIO_USERS_TABLE_NAME, STUDIO_PROJECTS_TABLE_NAME, STUDIO_SCHEMAS_TABLE_NAME,
                    STUDIO_ARCHITECTURES_TABLE_NAME, STUDIO_DEPLOYMENTS_TABLE_NAME, STUDIO_ACTIVITY_LOGS_TABLE_NAME,
                    STUDIO_DOCUMENTATION_TABLE_NAME, STUDIO_TEAMS_TABLE_NAME, STUDIO_SETTINGS_TABLE_NAME,
                    STUDIO_INTEGRATIONS_TABLE_NAME, NOTIFICATIONS_TOPIC_ARN, DEPLOYMENT_QUEUE_URL)),

    /** Generates the code that people asked for. */
    GENERATION_WORKER(Trigger.QUEUE,
            Set.of(STUDIO_CODE_GENERATIONS_TABLE_NAME, STUDIO_ACTIVITY_LOGS_TABLE_NAME, STUDIO_ANALYTICS_TABLE_NAME,
                    ARTIFACTS_BUCKET_NAME, GENERATION_QUEUE_URL, GENERATION_DEAD_LETTERS_URL, NOTIFICATIONS_TOPIC_ARN)),

    /** Deploys what was generated, and deletes it, through CloudFormation. */
    DEPLOYMENT_WORKER(Trigger.QUEUE,
            Set.of(STUDIO_DEPLOYMENTS_TABLE_NAME, STUDIO_ACTIVITY_LOGS_TABLE_NAME, STUDIO_ANALYTICS_TABLE_NAME,
                    ARTIFACTS_BUCKET_NAME, DEPLOYMENT_QUEUE_URL, DEPLOYMENT_DEAD_LETTERS_URL, NOTIFICATIONS_TOPIC_ARN,
                    DEPLOYMENT_ROLE_ARN, DEPLOYMENT_STACK_PREFIX)),

    /** Delivers notices to webhooks. */
    WEBHOOK_WORKER(Trigger.QUEUE,
            Set.of(STUDIO_PROJECTS_TABLE_NAME, STUDIO_TEAMS_TABLE_NAME, STUDIO_INTEGRATIONS_TABLE_NAME,
                    WEBHOOK_QUEUE_URL, WEBHOOK_DEAD_LETTERS_URL, NOTIFICATIONS_TOPIC_ARN)),

    /** Sends jobs to their queues again that nobody has taken on in time. */
    JOB_RELAY(Trigger.SCHEDULE,
            Set.of(STUDIO_CODE_GENERATIONS_TABLE_NAME, STUDIO_DEPLOYMENTS_TABLE_NAME, GENERATION_QUEUE_URL,
                    DEPLOYMENT_QUEUE_URL)),

    /** Sends on the events that the identity service left in its outbox. */
    OUTBOX_RELAY(Trigger.SCHEDULE,
            Set.of(DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, IDENTITY_EVENTS_QUEUE_URL, TODOS_EVENTS_QUEUE_URL,
                    STUDIO_EVENTS_QUEUE_URL)),

    /** Makes and replaces the key that signs access tokens. */
    TOKEN_KEYS(Trigger.ROTATION,
            Set.of(TOKEN_KEYS_TABLE_NAME, TOKEN_ISSUER)),

    /** Brings the database's schema to the version of the jar. */
    MIGRATIONS(Trigger.DEPLOYMENT,
            Set.of(DATABASE_INSTANCE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_ADMIN_SECRET_ARN));

    /** The variable by which a function chooses its service: Micronaut's list of environments. */
    public static final String ENVIRONMENT_VARIABLE = "MICRONAUT_ENVIRONMENTS";

    /**
     * How many connections to PostgreSQL one process of a function opens at most. By it the stacks bound how many
     * processes a function may have, so that the database never refuses one.
     */
    public static final int DATABASE_CONNECTIONS = 2;

    private final Trigger trigger;
    private final Set<Setting> settings;
    private final List<Route> routes;

    Service(Trigger trigger, Set<Setting> settings, Route... routes) {
        this.trigger = trigger;
        this.settings = trigger == Trigger.HTTP ? withRateLimits(settings) : settings;
        this.routes = List.of(routes);
    }

    /** Every function behind the HTTP API counts the requests of its callers. */
    private static Set<Setting> withRateLimits(Set<Setting> settings) {
        Set<Setting> all = EnumSet.of(RATE_LIMITS_TABLE_NAME);
        all.addAll(settings);
        return Collections.unmodifiableSet(all);
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

    /**
     * Returns the size in bytes of the largest request body that the service takes: more for the studio, whose schemas
     * are whole documents.
     */
    public int maxBodyBytes() {
        return this == STUDIO ? 512 * 1024 : 64 * 1024;
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
