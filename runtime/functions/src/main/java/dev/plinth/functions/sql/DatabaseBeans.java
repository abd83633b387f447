package dev.plinth.functions.sql;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.ConnectTokens;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import org.postgresql.ds.PGSimpleDataSource;

@Factory
@Requires(condition = UsesDatabase.class)
final class DatabaseBeans {
    @Singleton
    PGSimpleDataSource server(Environment environment, ConnectTokens tokens) {
        IamPostgres server = new IamPostgres(tokens, user(environment));
        PostgresServer.address(server, required(environment, Setting.DATABASE_HOST),
                Integer.parseInt(required(environment, Setting.DATABASE_PORT)),
                required(environment, Setting.DATABASE_NAME));
        PostgresServer.requireTls(server);
        return server;
    }

    /** Made at start, so that the pool hears of the checkpoint after the rehearsal that filled it. */
    @Context
    @Bean(preDestroy = "close")
    Database database(PGSimpleDataSource server) {
        return new Database(server);
    }

    static String user(Environment environment) {
        return UsesDatabase.service(environment.getActiveNames()).orElseThrow().databaseUser();
    }

    static String required(Environment environment, Setting setting) {
        return environment.getRequiredProperty(setting.property(), String.class);
    }
}
