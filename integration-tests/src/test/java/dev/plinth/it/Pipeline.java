package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Code generations through the whole pipeline of a laptop's cloud: one on a worker that is not there yet, one on a warm
 * one, and many at once. Prints the figures, and ends with 1 when a job did not succeed.
 */
public final class Pipeline {
    private static final int CUSTOMERS = 10;
    private static final int JOBS_EACH = 15;

    private Pipeline() {
    }

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        boolean good;
        try (Laptop laptop = Laptop.start("pipeline", Laptop.ASSEMBLY, "--processes", "2")) {
            good = run(laptop);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Laptop laptop) throws InterruptedException, ExecutionException {
        People people = new People(laptop);
        List<Studio> studios = new ArrayList<>();
        List<Studio.Project> projects = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            studios.add(Studio.of(people.customer()));
            projects.add(studios.get(i).project());
        }
        System.out.printf("%nPipeline: code generation from request to end, as its caller sees it%n");
        boolean good = one("worker not started", studios.get(0), projects.get(0));
        System.out.printf("  %-24s %8.0f ms%n", "of which worker's start", startMillis(laptop));
        good &= one("worker warm", studios.get(0), projects.get(0));
        return many(studios, projects) && good;
    }

    private static boolean one(String what, Studio studio, Studio.Project project) {
        long start = System.nanoTime();
        JsonNode job = studio.generated(studio.generate(project));
        System.out.printf("  %-24s %8.0f ms, %s%n", what, (System.nanoTime() - start) / 1e6, job.path("status").asText());
        return job.path("status").asText().equals("SUCCEEDED");
    }

    private static double startMillis(Laptop laptop) {
        return laptop.function(Service.GENERATION_WORKER).path("processes").path(0).path("startMillis").asDouble();
    }

    private static boolean many(List<Studio> studios, List<Studio.Project> projects)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            long start = System.nanoTime();
            List<Future<List<JsonNode>>> running = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                Studio studio = studios.get(i);
                Studio.Project project = projects.get(i);
                running.add(threads.submit(() -> {
                    List<String> ids = new ArrayList<>();
                    for (int job = 0; job < JOBS_EACH; job++) {
                        ids.add(studio.generate(project));
                    }
                    return ids.stream().map(studio::generated).toList();
                }));
            }
            List<JsonNode> jobs = new ArrayList<>();
            for (Future<List<JsonNode>> each : running) {
                jobs.addAll(each.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            List<Long> waits = jobs.stream().map(job -> Duration.between(Instant.parse(job.path("createdAt").asText()),
                    Instant.parse(job.path("endedAt").asText())).toMillis()).sorted().toList();
            long succeeded = jobs.stream().filter(job -> job.path("status").asText().equals("SUCCEEDED")).count();
            System.out.printf("  %d jobs of %d people at once: %.1f jobs a second, from request to end p50 %d ms,"
                    + " p99 %d ms, %d succeeded%n", jobs.size(), CUSTOMERS, jobs.size() / seconds,
                    waits.get(waits.size() / 2), waits.get(waits.size() * 99 / 100), succeeded);
            return succeeded == jobs.size();
        } finally {
            threads.shutdownNow();
        }
    }
}
