package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much a stage gets of what is paid for by size. ADR 0007 and ADR 0008 give the prices and the arithmetic.
 *
 * @param zones         the availability zones of the network
 * @param endpointZones the zones in which each interface endpoint has an address; each costs by the hour
 * @param concurrency   how many environments each service that opens connections to PostgreSQL may have at once
 * @param jobs          how many code generations, and how many deployments, run at once; the others wait
 */
record Sizes(int zones, int endpointZones, Database database, Cache cache, Map<Service, Integer> concurrency,
        int jobs) {
    /** Kept free for administrators, RDS itself and a schema migration. */
    static final int RESERVED = 10;

    /** The share of the database's connections that a proxy may hold, in percent. */
    static final int PROXY_SHARE = 90;

    /**
     * The PostgreSQL instance.
     *
     * @param proxied     true when functions reach it by a proxy
     * @param gibibytes   of storage at first; it grows by itself
     * @param growth      the gibibytes at which growing ends
     * @param connections that PostgreSQL accepts, {@code max_connections}
     */
    record Database(String instanceClass, boolean proxied, int gibibytes, int growth, int backupDays, int connections) {
        /** Returns the connections that functions may hold together. */
        int forFunctions() {
            int free = connections - RESERVED;
            return proxied ? Math.min(free, connections * PROXY_SHARE / 100) : free;
        }
    }

    /**
     * The cache.
     *
     * @param nodes one primary, and replicas
     */
    record Cache(String nodeType, int nodes, int snapshotDays) {
    }

    Sizes {
        concurrency = Map.copyOf(concurrency);
        List<Service> connecting = connecting();
        if (!concurrency.keySet().equals(Set.copyOf(connecting))) {
            throw new InvalidInputException("A concurrency is given to the services that connect to PostgreSQL and to"
                    + " no other: " + connecting + ".");
        }
        int opened = Service.DATABASE_CONNECTIONS * concurrency.values().stream().mapToInt(Integer::intValue).sum();
        if (opened > database.forFunctions()) {
            throw new InvalidInputException("The functions can open " + opened + " connections to PostgreSQL, and "
                    + database.instanceClass() + " has " + database.forFunctions()
                    + " for them: lower a concurrency, or choose a larger instance class with more connections.");
        }
    }

    private static List<Service> connecting() {
        return Arrays.stream(Service.values())
                .filter(service -> service.settings().contains(Setting.DATABASE_PORT)).toList();
    }

    /** Returns the most environments that a service may have at once; empty leaves it to the account. */
    Optional<Integer> concurrencyOf(Service service) {
        return Optional.ofNullable(concurrency.get(service));
    }
}
