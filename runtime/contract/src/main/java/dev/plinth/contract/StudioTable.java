package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Index;
import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/**
 * The studio's tables: one for each kind of thing, so that each has the keys, the indexes, the expiry and the grants
 * that its own access patterns need. Ids are UUIDs of version 7, so an id as a sort key sorts by creation.
 */
public enum StudioTable {
    /** People as the studio knows them: their names, and what they use of their quotas. Who is gone leaves a mark. */
    USERS(Setting.STUDIO_USERS_TABLE_NAME, Key.of(Attributes.USER_ID), Expiry.AT),

    /** Projects; one that was deleted leaves a mark that expires. */
    PROJECTS(Setting.STUDIO_PROJECTS_TABLE_NAME, Key.of(Attributes.PROJECT_ID), Expiry.AT,
            new Index(Indexes.PROJECTS_BY_OWNER, Key.of(Attributes.OWNER_ID, Attributes.PROJECT_ID), true),
            new Index(Indexes.PROJECTS_BY_TEAM, Key.of(Attributes.TEAM_ID, Attributes.PROJECT_ID), true)),

    /** Entities, fields and relations, below their project. */
    SCHEMAS(Setting.STUDIO_SCHEMAS_TABLE_NAME, Key.of(Attributes.PROJECT_ID, "schemaId"), Expiry.NEVER),

    /** What a system is made of, below its project. */
    ARCHITECTURES(Setting.STUDIO_ARCHITECTURES_TABLE_NAME,
            Key.of(Attributes.PROJECT_ID, "architectureId"), Expiry.NEVER),

    /** Jobs that generate code. They expire with their archives. */
    CODE_GENERATIONS(Setting.STUDIO_CODE_GENERATIONS_TABLE_NAME, Key.of(Attributes.JOB_ID), Expiry.AT,
            new Index(Indexes.JOBS_BY_PROJECT, Key.of(Attributes.PROJECT_ID, Attributes.JOB_ID), true),
            new Index(Indexes.JOBS_BY_CHECK, Key.of(Attributes.CHECK, Attributes.CHECK_AT), false)),

    /** Stacks that were deployed. They expire some time after they were deleted. */
    DEPLOYMENTS(Setting.STUDIO_DEPLOYMENTS_TABLE_NAME, Key.of(Attributes.JOB_ID), Expiry.AT,
            new Index(Indexes.JOBS_BY_PROJECT, Key.of(Attributes.PROJECT_ID, Attributes.JOB_ID), true),
            new Index(Indexes.JOBS_BY_CHECK, Key.of(Attributes.CHECK, Attributes.CHECK_AT), false)),

    /** Figures of a project, an item for each day. */
    ANALYTICS(Setting.STUDIO_ANALYTICS_TABLE_NAME, Key.of(Attributes.PROJECT_ID, "day"), Expiry.AT),

    /** What was done in a project, and by whom. */
    ACTIVITY_LOGS(Setting.STUDIO_ACTIVITY_LOGS_TABLE_NAME,
            Key.of(Attributes.PROJECT_ID, Attributes.ACTIVITY_ID), Expiry.AT,
            new Index(Indexes.ACTIVITY_BY_USER, Key.of(Attributes.USER_ID, Attributes.ACTIVITY_ID), true)),

    /** Documents that people write, below their project. */
    DOCUMENTATION(Setting.STUDIO_DOCUMENTATION_TABLE_NAME,
            Key.of(Attributes.PROJECT_ID, "documentId"), Expiry.NEVER),

    /** Teams ({@code member = TEAM}) and who is in them ({@code member = USER#<user id>}). */
    TEAMS(Setting.STUDIO_TEAMS_TABLE_NAME, Key.of(Attributes.TEAM_ID, "member"), Expiry.NEVER,
            new Index(Indexes.TEAMS_BY_USER, Key.of(Attributes.USER_ID, Attributes.TEAM_ID), true)),

    /** A project's settings, which decide how its code is generated. */
    SETTINGS(Setting.STUDIO_SETTINGS_TABLE_NAME, Key.of(Attributes.PROJECT_ID, "name"), Expiry.NEVER),

    /**
     * Where notices go: subscriptions ({@code owner = USER#<user id>}) and integrations
     * ({@code owner = PROJECT#<project id>}), and the deliveries to a webhook ({@code owner = ENDPOINT#<id>}). What is
     * not confirmed in time expires, and so do deliveries.
     */
    INTEGRATIONS(Setting.STUDIO_INTEGRATIONS_TABLE_NAME, Key.of("owner", Attributes.INTEGRATION_ID), Expiry.AT,
            new Index(Indexes.INTEGRATIONS_BY_PROJECT,
                    Key.of(Attributes.PROJECT_ID, Attributes.INTEGRATION_ID), true));

    private final Setting setting;
    private final TableSchema schema;

    StudioTable(Setting setting, Key key, Expiry expiry, Index... indexes) {
        this.setting = setting;
        this.schema = new TableSchema(key, expiry.attribute, List.of(indexes));
    }

    /** Returns the setting with the table's physical name. */
    public Setting setting() {
        return setting;
    }

    public TableSchema schema() {
        return schema;
    }

    /**
     * Returns an index of the table.
     *
     * @throws IllegalArgumentException when the table has none of that name
     */
    public Index index(String name) {
        return schema.indexes().stream().filter(index -> index.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this + " has no index " + name));
    }

    /** Names of attributes that are keys in more than one place. */
    public static final class Attributes {
        public static final String USER_ID = "userId";
        public static final String PROJECT_ID = "projectId";
        public static final String OWNER_ID = "ownerId";
        public static final String TEAM_ID = "teamId";
        public static final String ACTIVITY_ID = "activityId";
        public static final String INTEGRATION_ID = "integrationId";

        /** The id of a code generation or of a deployment. */
        public static final String JOB_ID = "jobId";

        /** {@link #CHECKED} until a job has ended and that was told; so the index holds no job that is done with. */
        public static final String CHECK = "check";
        public static final String CHECKED = "LIVE";

        /** When somebody should look whether the job goes on, as an RFC 3339 time. */
        public static final String CHECK_AT = "checkAt";

        /** When an item expires, in seconds since the epoch. */
        public static final String EXPIRES_AT = "expiresAt";

        private Attributes() {
        }
    }

    /** Names of indexes. */
    public static final class Indexes {
        public static final String PROJECTS_BY_OWNER = "ProjectsByOwnerIndex";
        public static final String PROJECTS_BY_TEAM = "ProjectsByTeamIndex";
        public static final String JOBS_BY_PROJECT = "JobsByProjectIndex";
        public static final String JOBS_BY_CHECK = "JobsByCheckIndex";
        public static final String ACTIVITY_BY_USER = "ActivityByUserIndex";
        public static final String TEAMS_BY_USER = "TeamsByUserIndex";
        public static final String INTEGRATIONS_BY_PROJECT = "IntegrationsByProjectIndex";

        private Indexes() {
        }
    }

    private enum Expiry {
        NEVER(Optional.empty()),
        AT(Optional.of(Attributes.EXPIRES_AT));

        private final Optional<String> attribute;

        Expiry(Optional<String> attribute) {
            this.attribute = attribute;
        }
    }
}
