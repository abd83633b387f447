package dev.plinth.functions.aws;

import dev.plinth.contract.StudioTable;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

/** Reads the names by the contract's settings. */
@Singleton
final class StudioTableSettings implements StudioTables {
    private final Environment environment;

    StudioTableSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String nameOf(StudioTable table) {
        return environment.getRequiredProperty(table.setting().property(), String.class);
    }
}
