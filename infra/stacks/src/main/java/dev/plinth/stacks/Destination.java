package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import dev.plinth.contract.Trigger;
import java.util.EnumSet;
import java.util.Set;

/** What a function inside the network can connect to. Each has a security group that names who may. */
enum Destination {
    DATABASE("Database", 5432),
    DATABASE_PROXY("DatabaseProxy", 5432),
    CACHE("Cache", 6379),
    SECRETS("Secrets", 443),
    QUEUES("Queues", 443),
    MAIL("Mail", 443);

    private final String id;
    private final int port;

    Destination(String id, int port) {
        this.id = id;
        this.port = port;
    }

    String id() {
        return id;
    }

    int port() {
        return port;
    }

    /** Tells whether a service's function has its place inside the network: there is what it connects to. */
    static boolean inside(Service service) {
        return service.settings().contains(Setting.DATABASE_PORT) || service.usesCache();
    }

    /**
     * Returns what a service connects to, as its settings say. So a function that is not given the name of a store has
     * no way to it either.
     *
     * @param proxied true when the stage has a proxy before the database
     */
    static Set<Destination> of(Service service, boolean proxied) {
        Set<Destination> destinations = EnumSet.noneOf(Destination.class);
        for (Setting setting : service.settings()) {
            switch (setting) {
                case DATABASE_HOST -> destinations.add(proxied ? DATABASE_PROXY : DATABASE);
                case DATABASE_INSTANCE_HOST -> destinations.add(DATABASE);
                case CACHE_HOST -> destinations.add(CACHE);
                case DATABASE_ADMIN_SECRET_ARN, TOKEN_SIGNING_KEY_ARN -> destinations.add(SECRETS);
                case IDENTITY_EVENTS_QUEUE_URL, TODOS_EVENTS_QUEUE_URL, STUDIO_EVENTS_QUEUE_URL ->
                        destinations.add(QUEUES);
                case MAIL_SENDER -> destinations.add(MAIL);
                default -> { }
            }
        }
        return destinations;
    }

    /** Tells whether a service calls DynamoDB, or S3, which takes the answers of custom resources. */
    static boolean throughGateway(Service service) {
        return service.trigger() == Trigger.DEPLOYMENT
                || service.settings().stream().anyMatch(setting -> setting.owner() == StackId.TABLES);
    }
}
