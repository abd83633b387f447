package dev.plinth.orders;

import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Orders in memory, for tests of what is above them. Passes {@link OrdersContract} as the real ones do. */
class InMemoryOrders implements Orders {

    private final Map<UUID, Order> orders = new HashMap<>();
    private final Map<List<Object>, KeyUse<Order>> uses = new HashMap<>();

    @Override
    public synchronized void add(Order order) {
        if (orders.putIfAbsent(order.id(), order) != null) {
            throw new IllegalStateException("Another order has the id " + order.id());
        }
    }

    @Override
    public synchronized Optional<KeyUse<Order>> addOnce(KeyUse<Order> use) {
        KeyUse<Order> earlier = uses.get(key(use));
        if (earlier != null && earlier.expiresAt().isAfter(use.usedAt())) {
            return Optional.of(earlier);
        }
        add(use.created());
        uses.put(key(use), use);
        return Optional.empty();
    }

    private static List<Object> key(KeyUse<Order> use) {
        return List.of(use.created().customerId(), use.key());
    }

    @Override
    public synchronized Optional<Order> find(UUID id) {
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public synchronized boolean replace(Order order, String revision) {
        return find(order.id())
                .filter(current -> current.revision().equals(revision))
                .map(current -> orders.put(order.id(), order))
                .isPresent();
    }

    @Override
    public synchronized boolean remove(UUID id, String revision) {
        orders.computeIfPresent(id, (key, order) -> order.revision().equals(revision) ? null : order);
        return !orders.containsKey(id);
    }

    @Override
    public synchronized OrderPage list(OrderFilter filter, Optional<ListPosition> before, int limit) {
        List<Order> found = orders.values().stream()
                .filter(filter::holds)
                .filter(order -> before.map(position -> order.position().compareTo(position) < 0).orElse(true))
                .sorted(Comparator.comparing(Order::position).reversed())
                .limit(limit + 1L)
                .toList();
        return found.size() > limit
                ? new OrderPage(found.subList(0, limit), Optional.of(found.get(limit - 1).position()))
                : new OrderPage(found, Optional.empty());
    }
}
