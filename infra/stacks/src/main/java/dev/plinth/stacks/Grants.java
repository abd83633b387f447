package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the function of each service may do, said by intent before there is a function. */
final class Grants {
    private final Map<Service, List<Consumer<ServiceFunction>>> grants = new EnumMap<>(Service.class);

    @SafeVarargs
    final Grants allow(Service service, Consumer<ServiceFunction>... intents) {
        grants.computeIfAbsent(service, key -> new ArrayList<>()).addAll(List.of(intents));
        return this;
    }

    /** Gives a service's function what it may do. A service that may do nothing is a mistake. */
    void give(Service service, ServiceFunction function) {
        if (!grants.containsKey(service)) {
            throw new IllegalStateException(service + " has no grants");
        }
        grants.get(service).forEach(intent -> intent.accept(function));
    }
}
