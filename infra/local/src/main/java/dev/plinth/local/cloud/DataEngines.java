package dev.plinth.local.cloud;

import dev.plinth.local.engine.PostgresEngine;
import dev.plinth.local.engine.RedisEngine;
import dev.plinth.local.gate.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** PostgreSQL and Redis, started beside everything else when the templates need them, and the gates before them. */
final class DataEngines implements Closeable {
    static final String DATABASE = "AWS::RDS::DBInstance";
    static final String CACHE = "AWS::ElastiCache::ReplicationGroup";

    private final Optional<CompletableFuture<PostgresEngine>> postgres;
    private final Optional<CompletableFuture<RedisEngine>> redis;
    private final List<Gate> gates = new CopyOnWriteArrayList<>();

    /**
     * Begins to start what is needed.
     *
     * @param types the resource types of the templates
     * @param store where programs are unpacked
     * @param data  where data is kept between runs; empty for memory
     */
    DataEngines(Set<String> types, Path store, Optional<Path> data, Progress progress) {
        this.postgres = begin(types.contains(DATABASE), () -> {
            PostgresEngine engine = PostgresEngine.prepare(store, data.map(kept -> kept.resolve("postgresql")));
            progress.step("PostgreSQL is prepared");
            return engine;
        });
        this.redis = begin(types.contains(CACHE), () -> {
            RedisEngine engine = RedisEngine.start(store, data.map(kept -> kept.resolve("redis")));
            progress.step("Redis serves");
            return engine;
        });
    }

    /** Whether the templates need an engine with a gate before it. */
    static boolean areNeeded(Set<String> types) {
        return types.contains(DATABASE) || types.contains(CACHE);
    }

    private static <T> Optional<CompletableFuture<T>> begin(boolean needed, Callable<T> start) {
        return needed ? Optional.of(CompletableFuture.supplyAsync(() -> {
            try {
                return start.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, work -> new Thread(work, "start of an engine").start())) : Optional.empty();
    }

    PostgresEngine postgres() {
        return await(postgres.orElseThrow());
    }

    RedisEngine redis() {
        return await(redis.orElseThrow());
    }

    private static <T> T await(CompletableFuture<T> engine) {
        try {
            return engine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? new UncheckedIOException(io.getMessage(), io) : e;
        }
    }

    void add(Gate gate) {
        gates.add(gate);
    }

    List<Gate> gates() {
        return List.copyOf(gates);
    }

    @Override
    public void close() throws IOException {
        List<Closeable> all = new ArrayList<>(gates);
        for (Optional<? extends CompletableFuture<? extends Closeable>> engine : List.of(postgres, redis)) {
            // One that did not start has nothing to close; why, whoever needed it was told.
            engine.map(future -> future.handle((started, failure) -> started).join()).ifPresent(all::add);
        }
        IOException first = null;
        for (Closeable each : all) {
            try {
                each.close();
            } catch (IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
