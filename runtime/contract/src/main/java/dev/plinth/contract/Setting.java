package dev.plinth.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A value that one stack owns and programs need. The constant's name is the environment variable of a function; the
 * output key and the Micronaut property follow from it, so one value cannot have two names.
 *
 * <p>A setting is never a secret: secrets travel as ARNs.
 */
public enum Setting {
    /** Host that functions connect to for PostgreSQL: the proxy where the stage has one, otherwise the instance. */
    DATABASE_HOST(StackId.DATABASE, "plinth.database.host"),

    /** Host of the PostgreSQL instance itself, for migrations, which go past the proxy. */
    DATABASE_INSTANCE_HOST(StackId.DATABASE, "plinth.database.instance-host"),

    /** Port of PostgreSQL, the same at the proxy and at the instance. */
    DATABASE_PORT(StackId.DATABASE, "plinth.database.port"),

    /** Name of the database in the instance. */
    DATABASE_NAME(StackId.DATABASE, "plinth.database.name"),

    /** ARN of the secret with the database administrator's {@code username} and {@code password}, kept by RDS. */
    DATABASE_ADMIN_SECRET_ARN(StackId.DATABASE, "plinth.database.admin-secret-arn"),

    /** Host of the cache's primary node. */
    CACHE_HOST(StackId.CACHE, "plinth.cache.host"),

    /** Port of the cache. */
    CACHE_PORT(StackId.CACHE, "plinth.cache.port"),

    /** Id of the replication group, for which tokens of IAM authentication are made, and the prefix of its users. */
    CACHE_NAME(StackId.CACHE, "plinth.cache.name"),

    /** Physical name of the orders table. */
    ORDERS_TABLE_NAME(StackId.TABLES, "plinth.orders.table-name"),

    /** Physical name of the todos table. */
    TODOS_TABLE_NAME(StackId.TABLES, "plinth.todos.table-name"),

    /** Physical name of the table with the public keys of access tokens. */
    TOKEN_KEYS_TABLE_NAME(StackId.TABLES, "plinth.token-keys.table-name"),

    /** Physical name of the table of sessions that ended before their access tokens did. */
    REVOCATIONS_TABLE_NAME(StackId.TABLES, "plinth.revocations.table-name"),

    /** Physical name of the studio's table of people as the studio knows them. */
    STUDIO_USERS_TABLE_NAME(StackId.TABLES, "plinth.studio.users.table-name"),

    /** Physical name of the studio's table of projects. */
    STUDIO_PROJECTS_TABLE_NAME(StackId.TABLES, "plinth.studio.projects.table-name"),

    /** Physical name of the studio's table of schemas. */
    STUDIO_SCHEMAS_TABLE_NAME(StackId.TABLES, "plinth.studio.schemas.table-name"),

    /** Physical name of the studio's table of architectures. */
    STUDIO_ARCHITECTURES_TABLE_NAME(StackId.TABLES, "plinth.studio.architectures.table-name"),

    /** Physical name of the studio's table of jobs that generate code. */
    STUDIO_CODE_GENERATIONS_TABLE_NAME(StackId.TABLES, "plinth.studio.code-generations.table-name"),

    /** Physical name of the studio's table of deployments. */
    STUDIO_DEPLOYMENTS_TABLE_NAME(StackId.TABLES, "plinth.studio.deployments.table-name"),

    /** Physical name of the studio's table of figures a project and day. */
    STUDIO_ANALYTICS_TABLE_NAME(StackId.TABLES, "plinth.studio.analytics.table-name"),

    /** Physical name of the studio's table of what was done, by whom. */
    STUDIO_ACTIVITY_LOGS_TABLE_NAME(StackId.TABLES, "plinth.studio.activity-logs.table-name"),

    /** Physical name of the studio's table of a project's documents. */
    STUDIO_DOCUMENTATION_TABLE_NAME(StackId.TABLES, "plinth.studio.documentation.table-name"),

    /** Physical name of the studio's table of teams and their members. */
    STUDIO_TEAMS_TABLE_NAME(StackId.TABLES, "plinth.studio.teams.table-name"),

    /** Physical name of the studio's table of a project's settings. */
    STUDIO_SETTINGS_TABLE_NAME(StackId.TABLES, "plinth.studio.settings.table-name"),

    /** Physical name of the studio's table of subscriptions, webhooks and their deliveries. */
    STUDIO_INTEGRATIONS_TABLE_NAME(StackId.TABLES, "plinth.studio.integrations.table-name"),

    /** Physical name of the table in which requests are counted. */
    RATE_LIMITS_TABLE_NAME(StackId.TABLES, "plinth.rate-limits.table-name"),

    /** Name of the bucket of generated archives, diagrams and templates. */
    ARTIFACTS_BUCKET_NAME(StackId.STORAGE, "plinth.artifacts.bucket-name"),

    /** URL of the queue of events that the identity worker handles. */
    IDENTITY_EVENTS_QUEUE_URL(StackId.MESSAGING, "plinth.identity-events.queue-url"),

    /** URL of the queue of events that the todos worker handles. */
    TODOS_EVENTS_QUEUE_URL(StackId.MESSAGING, "plinth.todos-events.queue-url"),

    /** URL of the queue of events that the studio worker handles. */
    STUDIO_EVENTS_QUEUE_URL(StackId.MESSAGING, "plinth.studio-events.queue-url"),

    /** URL of the queue of the identity worker's dead letters. */
    IDENTITY_EVENTS_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.identity-events.dead-letters-url"),

    /** URL of the queue of the todos worker's dead letters. */
    TODOS_EVENTS_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.todos-events.dead-letters-url"),

    /** URL of the queue of the studio worker's dead letters. */
    STUDIO_EVENTS_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.studio-events.dead-letters-url"),

    /** URL of the queue of code to generate. */
    GENERATION_QUEUE_URL(StackId.MESSAGING, "plinth.generation.queue-url"),

    /** URL of the queue of the generation worker's dead letters. */
    GENERATION_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.generation.dead-letters-url"),

    /** URL of the queue of what is to be deployed or deleted. */
    DEPLOYMENT_QUEUE_URL(StackId.MESSAGING, "plinth.deployment.queue-url"),

    /** URL of the queue of the deployment worker's dead letters. */
    DEPLOYMENT_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.deployment.dead-letters-url"),

    /** URL of the queue of notices to deliver to webhooks. */
    WEBHOOK_QUEUE_URL(StackId.MESSAGING, "plinth.webhooks.queue-url"),

    /** URL of the queue of the webhook worker's dead letters. */
    WEBHOOK_DEAD_LETTERS_URL(StackId.MESSAGING, "plinth.webhooks.dead-letters-url"),

    /** ARN of the topic that tells subscribers what has ended. */
    NOTIFICATIONS_TOPIC_ARN(StackId.MESSAGING, "plinth.notifications.topic-arn"),

    /** Address that mail comes from, for example {@code no-reply@plinth.example}. */
    MAIL_SENDER(StackId.MESSAGING, "plinth.mail.sender"),

    /** ARN of the secret with the private key that signs access tokens. */
    TOKEN_SIGNING_KEY_ARN(StackId.RUNTIME, "plinth.tokens.signing-key-arn"),

    /** Issuer of access tokens, for example {@code urn:plinth:dev}: a token of one stage is none in another. */
    TOKEN_ISSUER(StackId.RUNTIME, "plinth.tokens.issuer"),

    /** E-mail address whose owner becomes an operator by proving that it is theirs: how a stage gets its first one. */
    OPERATOR_EMAIL(StackId.RUNTIME, "plinth.operator-email"),

    /** ARN of the role as which CloudFormation creates what the studio deploys. */
    DEPLOYMENT_ROLE_ARN(StackId.RUNTIME, "plinth.deployment.role-arn"),

    /** What the names of the stacks that the studio deploys begin with, for example {@code plinth-dev-stacks-}. */
    DEPLOYMENT_STACK_PREFIX(StackId.RUNTIME, "plinth.deployment.stack-prefix"),

    /** Base URL of the HTTP API, without a slash at its end. Needed by callers, by no function. */
    API_URL(StackId.RUNTIME, "plinth.api-url");

    private final StackId owner;
    private final String property;

    Setting(StackId owner, String property) {
        this.owner = owner;
        this.property = property;
    }

    /** Returns the stack whose output holds the value. */
    public StackId owner() {
        return owner;
    }

    /** Returns the environment variable of a function, for example {@code ORDERS_TABLE_NAME}. */
    public String variable() {
        return name();
    }

    /** Returns the Micronaut property, for example {@code plinth.orders.table-name}. */
    public String property() {
        return property;
    }

    /** Returns the key of the stack output, for example {@code OrdersTableName}. */
    public String outputKey() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
