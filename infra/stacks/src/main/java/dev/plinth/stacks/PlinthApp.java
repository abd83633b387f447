package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;

/** Synthesises the stacks of one stage. The CDK's command line starts it in the repository's root. */
public final class PlinthApp {
    private PlinthApp() {
    }

    /** Reads the context of the CDK, writes the cloud assembly, and exits with 1 and one line on bad input. */
    public static void main(String[] args) {
        try {
            App app = new App();
            define(app, stageOf(app), FunctionsJar.below(Path.of("")));
            app.synth();
        } catch (InvalidInputException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Stage stageOf(App app) {
        return Stage.chosenBy(key -> {
            Object value = app.getNode().tryGetContext(key);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw new InvalidInputException("The context value " + key + " is text, not " + value + ".");
        });
    }

    /** Defines the stacks of a stage below the app. */
    static void define(App app, Stage stage, FunctionsJar jar) {
        SettingValues settings = new SettingValues();
        TablesStack tables = new TablesStack(app, stage, settings);
        RuntimeStack runtime = new RuntimeStack(app, new RuntimeStack.Props(stage, settings, jar,
                Map.of(Service.ORDERS, tables.orders()::grantOrders)));
        new ObservabilityStack(app, new ObservabilityStack.Props(
                stage, settings, runtime.api(), runtime.functions(), tables.orders()));
        settings.requireAll();
    }
}
