package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InvocationsTest {
    private static final int CALLS = 2000;

    @Test
    void registersNoBeanForAnInvocation() {
        try (HttpFunction function = EchoFunction.start()) {
            ApplicationContext context = function.context();
            call(function, 10);
            int before = context.getActiveBeanRegistrations(Object.class).size();

            call(function, CALLS);

            assertThat(before).isPositive();
            assertThat(context.getActiveBeanRegistrations(Object.class)).hasSize(before);
        }
    }

    @Test
    void answersConcurrentCallersEachWithItsOwn() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (HttpFunction function = EchoFunction.start()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String name = "n" + i;
                answers.add(callers.submit(() -> {
                    ApiCall.Answer answer = ApiCall.of("GET", "/echo/things/" + name).send(function);
                    return answer.json().get("name").getStringValue().equals(name)
                            && answer.header("x-request-id").equals(answer.requestId());
                }));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static void call(HttpFunction function, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ApiCall.of("DELETE", "/echo/things/x").send(function).status()).isEqualTo(204);
        }
    }
}
