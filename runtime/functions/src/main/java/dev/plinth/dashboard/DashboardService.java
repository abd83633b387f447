package dev.plinth.dashboard;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.todos.TodoOverview;
import dev.plinth.todos.TodoOverviews;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads both databases at the same time. An answer is whole or none: half a dashboard would look like a wrong one. */
@Singleton
class DashboardService {

    private final Profiles profiles;
    private final TodoOverviews todos;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "dashboard-todos");
        thread.setDaemon(true);
        return thread;
    });

    DashboardService(Profiles profiles, TodoOverviews todos) {
        this.profiles = profiles;
        this.todos = todos;
    }

    /**
     * Returns what a user sees.
     *
     * @throws Failure NOT_FOUND when the user is gone, UNAVAILABLE when one of the databases does not answer in time
     */
    Dashboard of(UUID user) {
        Future<TodoOverview> overview = threads.submit(() -> todos.of(user));
        Optional<Profile> profile = profiles.find(user);
        return new Dashboard(
                profile.orElseThrow(() -> new Failure(Kind.NOT_FOUND, "There is no user " + user + " any more.")),
                await(overview));
    }

    /** Waits for as long as the client of DynamoDB waits for its answers. */
    private static TodoOverview await(Future<TodoOverview> overview) {
        try {
            return overview.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /** What a user sees of themselves. */
    record Dashboard(Profile profile, TodoOverview todos) {
    }
}
