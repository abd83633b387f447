package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import software.constructs.Construct;

/** PostgreSQL with its schema. Complete when the schema is that of the jar, so later stacks can rely on it. */
final class DatabaseStack extends StageStack {
    private final Database database;
    private final Migrations migrations;

    /** Takes the network that holds the database, and the jar with the schema. */
    record Props(Stage stage, SettingValues settings, Network network, FunctionsJar jar) {
    }

    DatabaseStack(Construct scope, Props props) {
        super(scope, StackId.DATABASE, "Plinth: PostgreSQL and its schema", props.stage(), props.settings());
        holdWhatItUses();
        this.database = new Database(this, "Postgres", new Database.Props(props.stage(), props.network()));
        publish(Setting.DATABASE_HOST, database.host());
        publish(Setting.DATABASE_INSTANCE_HOST, database.instanceHost());
        publish(Setting.DATABASE_PORT, database.port());
        publish(Setting.DATABASE_NAME, Database.NAME);
        publish(Setting.DATABASE_ADMIN_SECRET_ARN, database.adminSecretArn());
        this.migrations = new Migrations(this, "Migrations", props.jar(), new ServiceFunction.Props(Service.MIGRATIONS,
                props.settings().variables(Service.MIGRATIONS), props.jar().code(), props.stage(),
                props.network().placeOf(Service.MIGRATIONS)));
        database.grantAdministration(migrations.function());
    }

    Database database() {
        return database;
    }

    ServiceFunction migrations() {
        return migrations.function();
    }
}
