package dev.plinth.it;

import dev.plinth.contract.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Fifty customers at once, for a minute, on a laptop's cloud: reads and writes of every service, as fast as they are
 * answered. Prints the figures, and ends with 1 when an answer was a 5xx or a database had too many connections.
 */
public final class Load {
    private static final int CUSTOMERS = 50;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("plinth.load.seconds", 60));

    /** Processes of one function at most. */
    private static final int PROCESSES = 2;
    private static final int FIRST_SERVER_ERROR = 500;

    private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

    private record Call(String what, int status, long micros) {
    }

    private Load() {
    }

    public static void main(String[] args) throws InterruptedException {
        boolean good;
        try (Laptop laptop = Laptop.start("load", Laptop.ASSEMBLY, "--processes", Integer.toString(PROCESSES))) {
            good = new Load().run(laptop);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(Laptop laptop) throws InterruptedException {
        People people = new People(laptop);
        List<Person> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(people.customer());
        }
        CountDownLatch ended = new CountDownLatch(CUSTOMERS);
        long end = System.nanoTime() + LENGTH.toNanos();
        for (Person customer : customers) {
            new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        act(customer);
                    }
                } finally {
                    ended.countDown();
                }
            }, customer.email()).start();
        }
        ended.await();
        return report(laptop);
    }

    /** Seven reads for three writes. */
    private void act(Person customer) {
        String user = "/users/" + customer.id();
        switch (ThreadLocalRandom.current().nextInt(10)) {
            case 0 -> call(customer, "POST", user + "/todos", "{\"title\": \"Load\"}", "write todo");
            case 1 -> call(customer, "POST", "/orders", Orders.example(customer.email()), "write order");
            case 2 -> call(customer, "PATCH", user, "{\"name\": \"Ada Lovelace\"}", "write user");
            case 3, 4 -> call(customer, "GET", user + "/todos", null, "list todos");
            case 5 -> call(customer, "GET", "/orders", null, "list orders");
            case 6 -> call(customer, "GET", user, null, "read user");
            case 7 -> call(customer, "GET", "/sessions", null, "list sessions");
            case 8 -> call(customer, "GET", "/health", null, "read health");
            default -> call(customer, "GET", "/dashboard/" + customer.id(), null, "read dashboard");
        }
    }

    private void call(Person customer, String method, String path, String body, String what) {
        long start = System.nanoTime();
        Answer answer = customer.api().send(method, path, body);
        calls.add(new Call(what, answer.status(), (System.nanoTime() - start) / 1000));
    }

    private boolean report(Laptop laptop) {
        Map<String, List<Long>> times = new TreeMap<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        calls.forEach(call -> {
            times.computeIfAbsent(call.what(), what -> new ArrayList<>()).add(call.micros());
            statuses.merge(call.status(), 1, Integer::sum);
        });
        System.out.printf("%nLoad: %d customers for %d s, %d requests, %.0f a second, statuses %s%n",
                CUSTOMERS, LENGTH.toSeconds(), calls.size(), calls.size() / (double) LENGTH.toSeconds(), statuses);
        times.forEach((what, micros) -> {
            micros.sort(Long::compare);
            System.out.printf("  %-16s %6d requests   p50 %8.1f ms   p99 %8.1f ms%n", what, micros.size(),
                    micros.get(micros.size() / 2) / 1e3, micros.get(micros.size() * 99 / 100) / 1e3);
        });
        boolean bounded = true;
        for (Map.Entry<String, Integer> user : laptop.peakConnections().entrySet()) {
            int bound = Service.DATABASE_CONNECTIONS * PROCESSES;
            System.out.printf("  %-40s %3d connections at once at most, bound %d%n", user.getKey(), user.getValue(), bound);
            bounded &= user.getValue() <= bound;
        }
        return bounded && statuses.keySet().stream().noneMatch(status -> status >= FIRST_SERVER_ERROR);
    }
}
