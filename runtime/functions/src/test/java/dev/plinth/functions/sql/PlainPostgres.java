package dev.plinth.functions.sql;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import org.postgresql.ds.PGSimpleDataSource;

/** Connects a function to {@link LocalPostgres}, whose server has no TLS and asks for no password. */
@Factory
@Requires(env = LocalPostgres.ENVIRONMENT)
final class PlainPostgres {
    @Singleton
    @Requires(condition = UsesDatabase.class)
    @Replaces(bean = PGSimpleDataSource.class, factory = DatabaseBeans.class)
    PGSimpleDataSource server(Environment environment) {
        return LocalPostgres.server(
                DatabaseBeans.user(environment),
                Integer.parseInt(DatabaseBeans.required(environment, Setting.DATABASE_PORT)),
                DatabaseBeans.required(environment, Setting.DATABASE_NAME));
    }

    @Singleton
    @Requires(env = "migrations")
    @Replaces(bean = Instance.class, factory = InstanceBeans.class)
    Instance instance(Environment environment) {
        return (user, password) -> {
            PGSimpleDataSource server = InstanceBeans.server(environment, user, password);
            server.setSslMode("disable");
            return server;
        };
    }
}
