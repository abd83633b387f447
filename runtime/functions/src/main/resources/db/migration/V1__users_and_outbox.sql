-- Users, the outbox of what happened to them, and a role for each service that signs in here.
--
-- A deployment runs migrations before it replaces the functions, so each must leave the schema usable for the functions
-- that still run: add first, and remove in a later version.

CREATE TABLE users (
    id            uuid PRIMARY KEY,
    name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    -- As the user wrote it.
    email         text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
    -- The same for every spelling of one address. Made by the service: lower() follows the locale of the server.
    email_key     text NOT NULL CONSTRAINT users_email_taken UNIQUE CHECK (char_length(email_key) <= 1000),
    -- In PHC format: with the algorithm's parameters and the salt.
    password_hash text NOT NULL CHECK (char_length(password_hash) <= 500),
    role          text NOT NULL CHECK (role IN ('CUSTOMER', 'MERCHANT', 'STAFF', 'OPERATOR')),
    -- When the user proved that the address is theirs; null until then.
    verified_at   timestamptz,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    -- Names this very state of the user; every change stamps another one.
    revision      uuid NOT NULL
);

CREATE TABLE outbox (
    -- A UUID of version 7, so rows sort by the time when they were written.
    id              uuid PRIMARY KEY,
    queue           text NOT NULL CHECK (queue IN ('IDENTITY_EVENTS', 'TODOS_EVENTS')),
    body            text NOT NULL CHECK (char_length(body) <= 10000),
    created_at      timestamptz NOT NULL DEFAULT now(),
    -- Later than now for a row that its queue refused, so that it does not keep others waiting.
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    attempts        integer NOT NULL DEFAULT 0
);

CREATE INDEX outbox_due ON outbox (next_attempt_at, id);

-- What the dashboard shows of a user.
CREATE VIEW profiles AS
    SELECT id, name, email, role, verified_at IS NOT NULL AS verified, created_at FROM users;

-- Roles belong to the server and outlive a database, so they may be there already. On RDS, rds_iam makes a role sign in
-- by IAM authentication; where it does not exist, nothing is granted.
DO $$
DECLARE
    service text;
BEGIN
    FOREACH service IN ARRAY
        ARRAY['plinth_identity', 'plinth_identity_worker', 'plinth_outbox_relay', 'plinth_dashboard']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = service) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', service);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
            EXECUTE format('GRANT rds_iam TO %I', service);
        END IF;
        -- A statement that takes longer has no caller left. Set here, since a proxy passes on no options of a client.
        EXECUTE format('ALTER ROLE %I SET statement_timeout = ''3s''', service);
        EXECUTE format('ALTER ROLE %I SET lock_timeout = ''2s''', service);
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''15s''', service);
    END LOOP;

    -- What PostgreSQL gives to everybody: to connect, and to make temporary tables.
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO plinth_identity, plinth_identity_worker, plinth_outbox_relay,'
        ' plinth_dashboard', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO plinth_identity, plinth_identity_worker, plinth_outbox_relay, plinth_dashboard;

GRANT SELECT, INSERT, DELETE ON users TO plinth_identity;
GRANT UPDATE (name, password_hash, role, verified_at, updated_at, revision) ON users TO plinth_identity;
GRANT SELECT (id, email, verified_at) ON users TO plinth_identity_worker;

GRANT INSERT (id, queue, body) ON outbox TO plinth_identity;
GRANT SELECT, DELETE ON outbox TO plinth_identity, plinth_outbox_relay;
GRANT UPDATE (attempts, next_attempt_at) ON outbox TO plinth_identity, plinth_outbox_relay;

GRANT SELECT ON profiles TO plinth_dashboard;
