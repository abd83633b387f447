package dev.plinth.functions.sql;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** For {@link Service#MIGRATIONS}. */
@Factory
@Requires(env = "migrations")
final class InstanceBeans {
    /** A statement of a migration may take long; the function's timeout ends it before this does. */
    private static final Duration ANSWER_WAIT = Duration.ofMinutes(15);

    @Singleton
    Instance instance(Environment environment) {
        return (user, password) -> {
            PGSimpleDataSource server = server(environment, user, password);
            PostgresServer.requireTls(server);
            return server;
        };
    }

    static PGSimpleDataSource server(Environment environment, String user, String password) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        PostgresServer.address(server,
                DatabaseBeans.required(environment, Setting.DATABASE_INSTANCE_HOST),
                Integer.parseInt(DatabaseBeans.required(environment, Setting.DATABASE_PORT)),
                DatabaseBeans.required(environment, Setting.DATABASE_NAME));
        server.setSocketTimeout((int) ANSWER_WAIT.toSeconds());
        // Whoever waits for a lock on a table keeps everybody behind them waiting; better that the deployment fails.
        server.setOptions("-c lock_timeout=10s");
        server.setUser(user);
        server.setPassword(password);
        return server;
    }
}
