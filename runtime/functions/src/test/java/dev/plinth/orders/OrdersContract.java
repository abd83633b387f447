package dev.plinth.orders;

import static dev.plinth.orders.OrderExamples.NOON;
import static dev.plinth.orders.OrderExamples.moved;
import static dev.plinth.orders.OrderExamples.order;
import static dev.plinth.orders.OrderExamples.orderOf;
import static dev.plinth.orders.OrderExamples.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Orders} promises. Each test starts with orders of its own, and no others. */
abstract class OrdersContract {

    private static final List<UUID> OWNERS = List.of(UUID.randomUUID(), UUID.randomUUID());

    /** Returns the orders under test: the same ones throughout a test, empty at its start. */
    abstract Orders orders();

    @Test
    void findsAnOrderAsItWasAdded() {
        Order order = order();
        orders().add(order);
        assertThat(orders().find(order.id())).contains(order);
    }

    @Test
    void keepsAnOrderWithoutAnAddress() {
        Order example = order();
        OrderDetails given = example.details();
        OrderDetails details = new OrderDetails(given.customerName(), given.customerEmail(), given.productName(),
                given.quantity(), given.unitPrice(), Optional.empty());
        Order order =
                new Order(example.id(), example.customerId(), details, OrderStatus.PENDING, NOON,
                        NOON.plusMillis(7), example.revision());
        orders().add(order);
        assertThat(orders().find(order.id())).contains(order);
    }

    @Test
    void findsNothingUnderAnUnknownId() {
        orders().add(order());
        assertThat(orders().find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void refusesAnOrderWhoseIdIsTaken() {
        Order order = order();
        orders().add(order);
        assertThatThrownBy(() -> orders().add(moved(order, OrderStatus.CANCELLED)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(orders().find(order.id())).contains(order);
    }

    @Test
    void replacesTheRevisionThatIsNamed() {
        Order order = order();
        orders().add(order);
        Order confirmed = moved(order, OrderStatus.CONFIRMED);
        assertThat(orders().replace(confirmed, order.revision())).isTrue();
        assertThat(orders().find(order.id())).contains(confirmed);
    }

    @Test
    void keepsAnOrderThatHasAnotherRevision() {
        Order order = order();
        orders().add(order);
        Order confirmed = moved(order, OrderStatus.CONFIRMED);
        orders().replace(confirmed, order.revision());
        assertThat(orders().replace(moved(order, OrderStatus.CANCELLED), order.revision())).isFalse();
        assertThat(orders().remove(order.id(), order.revision())).isFalse();
        assertThat(orders().find(order.id())).contains(confirmed);
    }

    @Test
    void replacesNothingThatIsGone() {
        Order order = order();
        orders().add(order);
        assertThat(orders().remove(order.id(), order.revision())).isTrue();
        assertThat(orders().replace(moved(order, OrderStatus.CONFIRMED), order.revision())).isFalse();
        assertThat(orders().find(order.id())).isEmpty();
    }

    @Test
    void countsARemovedOrderAsRemoved() {
        Order order = order();
        orders().add(order);
        assertThat(orders().remove(order.id(), order.revision())).isTrue();
        assertThat(orders().remove(order.id(), order.revision())).isTrue();
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 10).orders()).isEmpty();
    }

    @Test
    void letsOneOfManyReplacementsOfARevisionThrough() throws Exception {
        Order order = order();
        orders().add(order);
        List<Order> candidates =
                IntStream.range(0, 8).mapToObj(number -> moved(order, OrderStatus.CONFIRMED)).toList();
        List<Boolean> replaced =
                atOnce(candidates.stream().map(candidate -> () -> orders().replace(candidate, order.revision())));
        assertThat(replaced).containsOnlyOnce(true);
        assertThat(orders().find(order.id())).contains(candidates.get(replaced.indexOf(true)));
    }

    @Test
    void addsOneOrderForAKey() {
        Order first = order();
        assertThat(orders().addOnce(use("key", first, NOON))).isEmpty();
        assertThat(orders().addOnce(use("key", order(), NOON.plusSeconds(1)))).contains(use("key", first, NOON));
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 10).orders()).containsExactly(first);
    }

    @Test
    void remembersTheOrderAsAKeyCreatedIt() {
        Order order = order();
        orders().addOnce(use("key", order, NOON));
        orders().replace(moved(order, OrderStatus.CANCELLED), order.revision());
        assertThat(orders().addOnce(use("key", order(), NOON)).map(KeyUse::created)).contains(order);
    }

    @Test
    void remembersAKeyWhoseOrderIsGone() {
        Order order = order();
        orders().addOnce(use("key", order, NOON));
        orders().remove(order.id(), order.revision());
        assertThat(orders().addOnce(use("key", order(), NOON)).map(KeyUse::created)).contains(order);
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 10).orders()).isEmpty();
    }

    @Test
    void tellsKeysApart() {
        assertThat(orders().addOnce(use("key", order(), NOON))).isEmpty();
        assertThat(orders().addOnce(use("KEY", order(), NOON))).isEmpty();
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 10).orders()).hasSize(2);
    }

    @Test
    void tellsTheSameKeyOfTwoUsersApart() {
        Order ada = orderOf(OWNERS.get(0), OrderStatus.PENDING, "a@example.org", NOON);
        Order bob = orderOf(OWNERS.get(1), OrderStatus.PENDING, "b@example.org", NOON);
        assertThat(orders().addOnce(use("key", ada, NOON))).isEmpty();
        assertThat(orders().addOnce(use("key", bob, NOON))).isEmpty();
        Order bobs = orderOf(OWNERS.get(1), OrderStatus.PENDING, "b@example.org", NOON);
        assertThat(orders().addOnce(use("key", bobs, NOON)).map(KeyUse::created)).contains(bob);
        assertThat(orders().find(ada.id())).contains(ada);
    }

    @Test
    void forgetsAKeyWhenItExpires() {
        Instant lastSecond = NOON.plus(KeyUse.VALIDITY).minusSeconds(1);
        Order first = order();
        Order second = order();
        orders().addOnce(use("key", first, NOON));
        assertThat(orders().addOnce(use("key", order(), lastSecond)).map(KeyUse::created)).contains(first);
        assertThat(orders().addOnce(use("key", second, lastSecond.plusSeconds(1)))).isEmpty();
        assertThat(orders().addOnce(use("key", order(), lastSecond.plusSeconds(2))).map(KeyUse::created))
                .contains(second);
    }

    @Test
    void addsOneOrderWhenRequestsWithOneKeyRace() throws Exception {
        List<Order> candidates = IntStream.range(0, 6).mapToObj(number -> order()).toList();
        List<Optional<KeyUse<Order>>> earlier =
                atOnce(candidates.stream().map(candidate -> () -> orders().addOnce(use("key", candidate, NOON))));
        List<Order> added = orders().list(OrderFilter.ALL, Optional.empty(), 10).orders();
        assertThat(added).hasSize(1);
        int winner = candidates.indexOf(added.get(0));
        assertThat(earlier.get(winner)).isEmpty();
        assertThat(earlier.stream().flatMap(Optional::stream).map(KeyUse::created))
                .hasSize(candidates.size() - 1)
                .containsOnly(added.get(0));
    }

    @Test
    void listsNewestFirst() {
        List<Order> added = add(7, OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.CANCELLED);
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 7).orders()).isEqualTo(newestFirst(added));
    }

    @Test
    void listsOrdersOfOneMillisecondInTheOrderOfTheirIds() {
        List<Order> added = IntStream.range(0, 9)
                .mapToObj(number -> order(OrderStatus.values()[number % 5], "ada@example.org", NOON))
                .toList();
        added.forEach(orders()::add);
        List<Order> expected = added.stream()
                .sorted(Comparator.comparing((Order order) -> order.id().toString()).reversed())
                .toList();
        assertThat(pages(OrderFilter.ALL, 4).stream().flatMap(page -> page.orders().stream())).isEqualTo(expected);
    }

    @Test
    void listsByStatus() {
        List<Order> added = add(9, OrderStatus.PENDING, OrderStatus.SHIPPED);
        assertListed(status(OrderStatus.SHIPPED), added);
        assertListed(status(OrderStatus.DELIVERED), added);
    }

    @Test
    void listsByCustomerHoweverTheAddressIsSpelt() {
        Order order = order(OrderStatus.PENDING, "Ada@Example.org", NOON);
        orders().add(order);
        orders().add(order(OrderStatus.PENDING, "bob@example.org", NOON));
        assertThat(orders().list(customer("ADA@example.ORG"), Optional.empty(), 5).orders()).containsExactly(order);
    }

    @Test
    void listsByCustomerAndStatus() {
        List<Order> added = add(12, OrderStatus.PENDING, OrderStatus.SHIPPED);
        OrderFilter filter =
                both(OrderStatus.SHIPPED, "customer1@example.org");
        assertThat(added).anyMatch(filter::holds);
        assertListed(filter, added);
    }

    @Test
    void listsWhatOneUserOrdered() {
        List<Order> added = add(12, OrderStatus.PENDING, OrderStatus.SHIPPED, OrderStatus.CANCELLED);
        assertListed(owner(OWNERS.get(0)), added);
        assertListed(owner(UUID.randomUUID()), added);
        OrderFilter narrow = new OrderFilter(
                Optional.of(OrderStatus.CANCELLED), Optional.of("customer2@example.org"), Optional.of(OWNERS.get(0)));
        assertThat(added).anyMatch(narrow::holds);
        assertListed(narrow, added);
    }

    @Test
    void followsAnOrderToItsNewStatus() {
        Order order = order();
        orders().add(order);
        Order shipped = moved(order, OrderStatus.SHIPPED);
        orders().replace(shipped, order.revision());
        assertThat(orders().list(status(OrderStatus.PENDING), Optional.empty(), 5).orders()).isEmpty();
        assertThat(orders().list(status(OrderStatus.SHIPPED), Optional.empty(), 5).orders()).containsExactly(shipped);
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 5).orders()).containsExactly(shipped);
    }

    @Test
    void endsWithAFullPageWhenTheLimitDividesTheCount() {
        add(6, OrderStatus.PENDING, OrderStatus.DELIVERED);
        assertThat(pages(OrderFilter.ALL, 3)).extracting(page -> page.orders().size()).containsExactly(3, 3);
        assertThat(pages(status(OrderStatus.PENDING), 3)).hasSize(1);
        assertThat(pages(customer("customer0@example.org"), 2)).hasSize(1);
    }

    @Test
    void answersAnEmptyPageWhenThereIsNothing() {
        assertThat(orders().list(OrderFilter.ALL, Optional.empty(), 1)).isEqualTo(
                new OrderPage(List.of(), Optional.empty()));
    }

    @Test
    void pagesOverEveryFilterWhileOrdersArrive() {
        List<Order> added = add(20, OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.DELIVERED);
        for (OrderFilter filter : List.of(
                OrderFilter.ALL,
                status(OrderStatus.CONFIRMED),
                customer("customer2@example.org"),
                both(OrderStatus.PENDING, "customer0@example.org"),
                owner(OWNERS.get(1)),
                new OrderFilter(Optional.of(OrderStatus.PENDING), Optional.of("customer0@example.org"),
                        Optional.of(OWNERS.get(0))))) {
            List<Order> listed = new ArrayList<>();
            Optional<ListPosition> from = Optional.empty();
            do {
                OrderPage page = orders().list(filter, from, 2);
                listed.addAll(page.orders());
                from = page.next();
                orders().add(order(OrderStatus.PENDING, "customer0@example.org", NOON.plusSeconds(100)));
                orders().add(order(OrderStatus.CONFIRMED, "customer2@example.org", NOON.plusSeconds(100)));
            } while (from.isPresent());
            assertThat(listed).containsAll(newestFirst(added.stream().filter(filter::holds).toList()));
            assertThat(listed).doesNotHaveDuplicates();
            removeNewerThan(NOON.plusSeconds(99));
        }
    }

    private void removeNewerThan(Instant time) {
        orders().list(OrderFilter.ALL, Optional.empty(), 100).orders().stream()
                .filter(order -> order.createdAt().isAfter(time))
                .forEach(order -> orders().remove(order.id(), order.revision()));
    }

    private List<Order> add(int count, OrderStatus... statuses) {
        List<Order> added = IntStream.range(0, count)
                .mapToObj(number -> orderOf(
                        OWNERS.get(number % 2),
                        statuses[number % statuses.length],
                        "customer" + number % 3 + "@example.org",
                        NOON.plusMillis(number)))
                .toList();
        added.forEach(orders()::add);
        return added;
    }

    private void assertListed(OrderFilter filter, List<Order> added) {
        List<Order> expected = newestFirst(added.stream().filter(filter::holds).toList());
        for (int limit : List.of(1, 2, 3, 100)) {
            assertThat(pages(filter, limit).stream().flatMap(page -> page.orders().stream()))
                    .as("pages of %s", limit)
                    .isEqualTo(expected);
        }
    }

    private List<OrderPage> pages(OrderFilter filter, int limit) {
        List<OrderPage> pages = new ArrayList<>();
        Optional<ListPosition> from = Optional.empty();
        Set<Optional<ListPosition>> seen = new HashSet<>();
        do {
            assertThat(seen.add(from)).as("the list goes on").isTrue();
            OrderPage page = orders().list(filter, from, limit);
            assertThat(page.orders()).hasSizeLessThanOrEqualTo(limit);
            pages.add(page);
            from = page.next();
        } while (from.isPresent());
        return pages;
    }

    /** Runs tasks in threads that start together, and returns the results in the tasks' order. */
    private static <T> List<T> atOnce(Stream<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        List<Callable<T>> all = tasks.toList();
        CyclicBarrier start = new CyclicBarrier(all.size());
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Future<T>> futures = all.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Order> newestFirst(List<Order> orders) {
        return orders.stream().sorted(Comparator.comparing(Order::position).reversed()).toList();
    }

    private static OrderFilter status(OrderStatus status) {
        return new OrderFilter(Optional.of(status), Optional.empty(), Optional.empty());
    }

    private static OrderFilter customer(String email) {
        return new OrderFilter(Optional.empty(), Optional.of(OrderFilter.customerKey(email)), Optional.empty());
    }

    private static OrderFilter both(OrderStatus status, String email) {
        return new OrderFilter(
                Optional.of(status), Optional.of(OrderFilter.customerKey(email)), Optional.empty());
    }

    private static OrderFilter owner(UUID customer) {
        return new OrderFilter(Optional.empty(), Optional.empty(), Optional.of(customer));
    }
}
