package dev.plinth.local.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A program that starts both engines, prints the ids of their processes and waits to be killed. */
final class EngineHost {
    private EngineHost() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PostgresEngine postgres = Programs.postgres(Optional.empty());
        RedisEngine redis = Programs.redis();
        postgres.processes().forEach(process -> System.out.println(process.pid()));
        redis.processes().forEach(process -> System.out.println(process.pid()));
        System.out.println("serving");
        new CountDownLatch(1).await();
    }
}
