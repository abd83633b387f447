package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import java.nio.file.Path;
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
        Network network = new NetworkStack(app, stage, settings).network();
        DatabaseStack database = new DatabaseStack(app, new DatabaseStack.Props(stage, settings, network, jar));
        CacheStack cache = new CacheStack(app, new CacheStack.Props(stage, settings, network));
        TablesStack tables = new TablesStack(app, stage, settings);
        StorageStack storage = new StorageStack(app, stage, settings);
        MessagingStack messaging = new MessagingStack(app, stage, settings);
        Grants grants = new Grants();
        grantOrdersAndTodos(grants, tables, messaging);
        grantStudio(grants, tables, storage, messaging);
        grantConnections(grants, database, cache, tables);
        RuntimeStack runtime = new RuntimeStack(app,
                new RuntimeStack.Props(stage, settings, jar, network, grants, messaging.queues()));
        new ObservabilityStack(app, new ObservabilityStack.Props(
                stage, settings, runtime.api(), runtime.functions(), tables.metrics(), messaging.queues(),
                messaging.notifications(), storage.artifacts(), database.database(), cache.cache()));
        settings.requireAll();
    }

    private static void grantOrdersAndTodos(Grants grants, TablesStack tables, MessagingStack messaging) {
        grants.allow(Service.ORDERS, tables.orders()::grantOrders)
                .allow(Service.IDENTITY, tables.tokenKeys()::grantVerification, tables.revocations()::grantRevocation,
                        messaging.identityEvents()::grantSend, messaging.todosEvents()::grantSend,
                        messaging.studioEvents()::grantSend)
                .allow(Service.TODOS, tables.todos()::grantTodos)
                .allow(Service.DASHBOARD, tables.todos()::grantFigures)
                .allow(Service.AUTHORIZER, tables.tokenKeys()::grantVerification, tables.revocations()::grantLookup)
                .allow(Service.IDENTITY_WORKER, tables.revocations()::grantRevocation, messaging.mail()::grantSend)
                .allow(Service.TODOS_WORKER, tables.todos()::grantRemoval)
                .allow(Service.OUTBOX_RELAY, messaging.identityEvents()::grantSend, messaging.todosEvents()::grantSend,
                        messaging.studioEvents()::grantSend)
                .allow(Service.TOKEN_KEYS, tables.tokenKeys()::grantPublication);
    }

    private static void grantStudio(Grants grants, TablesStack tables, StorageStack storage,
            MessagingStack messaging) {
        StudioTables studio = tables.studio();
        WorkQueue generations = messaging.generations();
        WorkQueue deployments = messaging.deployments();
        WorkQueue webhooks = messaging.webhooks();
        grants.allow(Service.STUDIO, studio::grantWorkspace, studio::grantRecording, studio::grantOrdering,
                        generations::grantSend, deployments::grantSend, storage.artifacts()::grantDownloads)
                .allow(Service.GENERATION_WORKER, studio::grantGeneration, studio::grantRecording,
                        generations::grantHolding, generations::grantBurial, storage.artifacts()::grantStoring,
                        messaging.notifications()::grantPublish)
                .allow(Service.DEPLOYMENT_WORKER, studio::grantDeployment, studio::grantRecording,
                        deployments::grantHolding, deployments::grantSend, deployments::grantBurial,
                        storage.artifacts()::grantTemplates, messaging.notifications()::grantPublish)
                .allow(Service.JOB_RELAY, studio::grantRelay, generations::grantSend, deployments::grantSend)
                .allow(Service.NOTIFICATIONS, studio::grantProjectAccess, studio::grantLogging,
                        studio::grantSubscriptions, messaging.notifications()::grantSubscriptions,
                        NotificationsTopic::grantTexts, webhooks::grantSend)
                .allow(Service.WEBHOOK_WORKER, studio::grantProjectAccess, studio::grantDeliveries,
                        messaging.notifications()::grantRestriction, webhooks::grantSend, webhooks::grantBurial);
        grants.allow(Service.STUDIO_WORKER, studio::grantRemoval, studio::grantLogging, deployments::grantSend,
                messaging.notifications()::grantEnding);
        messaging.queues().forEach(queue -> grants.allow(Service.QUEUE_ADMIN, queue::grantAdministration));
        grants.allow(Service.QUEUE_ADMIN, QueueMetrics::grantAges);
    }

    /** Allows what follows from what a service is: to sign in to its stores, and behind the API to count requests. */
    private static void grantConnections(Grants grants, DatabaseStack database, CacheStack cache,
            TablesStack tables) {
        for (Service service : Service.values()) {
            if (service.trigger() == Trigger.HTTP) {
                grants.allow(service, tables.rateLimits()::grantCounting);
            }
            if (service.usesDatabase()) {
                grants.allow(service, function -> database.database().grantConnect(service, function));
            }
            if (service.usesCache()) {
                grants.allow(service, function -> cache.cache().grantConnect(service, function));
            }
        }
    }
}
