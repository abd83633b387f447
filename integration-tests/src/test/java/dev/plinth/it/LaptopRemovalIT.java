package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.TodosTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A user who is removed takes sessions, todos and what they have in the studio along, wherever a process dies on the
 * way. The cloud of these tests gives workers less time than the stacks do, since a message that was lost with its
 * worker comes back after that time.
 */
@Tag("laptop")
class LaptopRemovalIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private static final int WORKER_SECONDS = 6;

    /** The studio's worker begins no step for which less than a quarter of a minute is left. */
    private static final int STUDIO_WORKER_SECONDS = 18;

    private static final Pattern WORKERS =
            Pattern.compile("(identity|todos|studio)(events|worker).*", Pattern.CASE_INSENSITIVE);

    private static Laptop laptop;
    private static People people;
    private static Person bob;

    private final Person ada = people.customer();
    private final Api anonymous = people.anonymous();

    @BeforeAll
    static void startWithImpatientWorkers(@TempDir Path directory) {
        laptop = Laptop.start("removal", Assembly.edited(directory, Map.of(
                StackId.MESSAGING.nameIn("dev"),
                template -> set(template, "AWS::SQS::Queue", "VisibilityTimeout", 2 * WORKER_SECONDS),
                StackId.RUNTIME.nameIn("dev"),
                template -> set(template, "AWS::Lambda::Function", "Timeout", WORKER_SECONDS))));
        people = new People(laptop);
        bob = people.customer();
    }

    /** Sets a number of seconds wherever the stack has one; only of the queues of a removal, and their workers. */
    private static void set(JsonNode template, String type, String property, int seconds) {
        int set = 0;
        for (Map.Entry<String, JsonNode> resource : template.path("Resources").properties()) {
            JsonNode properties = resource.getValue().path("Properties");
            Matcher worker = WORKERS.matcher(resource.getKey());
            if (resource.getValue().path("Type").asText().equals(type) && worker.matches() && properties.has(property)) {
                ((ObjectNode) properties).put(property,
                        worker.group(1).equalsIgnoreCase("studio") ? STUDIO_WORKER_SECONDS : seconds);
                set++;
            }
        }
        assertThat(set).as("resources with " + property).isEqualTo(3);
    }

    @AfterAll
    static void stop() {
        laptop.close();
    }

    @AfterEach
    void clearFaults() {
        laptop.clearFaults();
    }

    @Test
    void removesSessionsAtOnceAndTodosSoon() {
        addTodos(3);

        assertThat(ada.api().delete("/users/" + ada.id()).status()).isEqualTo(204);

        assertThat(Person.signIn(anonymous, ada.email(), ada.password()).status()).isEqualTo(401);
        assertThat(refresh().status()).isEqualTo(401);
        assertGone();
    }

    /** The calls of the removal in their order: revocation, event, and what the worker does with the todos. */
    @ParameterizedTest
    @CsvSource({
        "dynamodb:PutItem, BEFORE, /identity/", "dynamodb:PutItem, AFTER, /identity/",
        "sqs:SendMessageBatch, BEFORE, /identity/", "sqs:SendMessageBatch, AFTER, /identity/",
        "dynamodb:Query, BEFORE, /todos-worker/", "dynamodb:Query, AFTER, /todos-worker/",
        "dynamodb:BatchWriteItem, BEFORE, /todos-worker/", "dynamodb:BatchWriteItem, AFTER, /todos-worker/"})
    void leavesNothingHalfDoneWhenEveryProcessIsKilledAt(String operation, String moment, String caller) {
        addTodos(3);

        removeWhileEveryProcessIsKilledAt(operation, moment, caller);

        assertGone();
        assertThat(refresh().status()).isEqualTo(401);
    }

    /** Two steps of the studio's worker: the user is marked; a project is empty, which teams follow. */
    @ParameterizedTest
    @ValueSource(strings = {"dynamodb:TransactWriteItems", "dynamodb:BatchWriteItem"})
    void leavesNothingInTheStudioWhenEveryProcessIsKilledAfter(String operation) {
        Belongings belongings = settle();

        removeWhileEveryProcessIsKilledAt(operation, "AFTER", "/studio-worker/");

        assertGoneFromTheStudio(belongings);
    }

    private void removeWhileEveryProcessIsKilledAt(String operation, String moment, String caller) {
        laptop.orderFault("""
                {"operation": "%s", "moment": "%s", "caller": "%s", "delayMillis": 60000}"""
                .formatted(operation, moment, caller));
        CompletableFuture<Answer> removal =
                CompletableFuture.supplyAsync(() -> ada.api().delete("/users/" + ada.id()));
        Await.until(operation + " is under way", LONGEST, () -> laptop.state().path("faults").isEmpty());

        assertThat(laptop.killFunctions()).isPositive();

        Answer answer = removal.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(answer.status()).isIn(204, 500);
        laptop.fireSchedules();
    }

    private void addTodos(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(ada.api().post("/users/" + ada.id() + "/todos", "{\"title\": \"Todo\"}").status()).isEqualTo(201);
        }
        assertThat(storedTodos()).isEqualTo(count);
    }

    private void assertGone() {
        Await.until("the todos are gone", LONGEST, () -> storedTodos() == 0);
        assertThat(people.operator().api().get("/users/" + ada.id()).status()).isEqualTo(404);
    }

    private long storedTodos() {
        return laptop.items(Setting.TODOS_TABLE_NAME, TodosTable.SCHEMA, "USER#" + ada.id())
                .findValues(TodosTable.SK).stream().map(sortKey -> sortKey.path("S").asText())
                .filter(sortKey -> sortKey.startsWith("TODO#")).count();
    }

    /**
     * What is in the studio beside Ada's profile and her subscriptions.
     *
     * @param own    a project of hers
     * @param team   Bob's, in which she is
     * @param shared Bob's project that this team shares
     */
    private record Belongings(Studio.Project own, String team, String shared) {
    }

    private Belongings settle() {
        Studio studio = Studio.of(ada);
        assertThat(ada.api().send("PUT", "/api/profile", "{\"name\": \"Ada\", \"about\": \"Engines\"}").status())
                .isEqualTo(200);
        String team = Studio.of(bob).team(ada);
        Belongings belongings = new Belongings(studio.project(), team, Studio.of(bob).project(team));
        studio.mail(laptop, ada.email(), belongings.shared());
        studio.webhook(laptop, belongings.own());
        assertThat(subscriptions()).hasSize(2);
        assertThat(endpoints()).contains(ada.email());
        return belongings;
    }

    private void assertGoneFromTheStudio(Belongings belongings) {
        // The mark expires after the last step, and not before.
        Await.until("nothing is left in the studio", LONGEST, () -> mark().has(Attributes.EXPIRES_AT));
        assertThat(mark().fieldNames()).toIterable().contains("removedAt").doesNotContain("name", "about");
        assertThat(subscriptions()).isEmpty();
        assertThat(endpoints()).doesNotContain(ada.email());
        assertThat(Studio.of(bob).requestMail(ada.email(), belongings.shared()).status()).isEqualTo(201);

        String own = belongings.own().id();
        assertThat(laptop.items(StudioTable.PROJECTS, own).path(0).fieldNames()).toIterable()
                .contains("deletedAt", Attributes.EXPIRES_AT);
        assertThat(laptop.items(StudioTable.SCHEMAS, own)).isEmpty();
        assertThat(laptop.items(StudioTable.ARCHITECTURES, own)).isEmpty();
        assertThat(bob.api().get("/api/teams/" + belongings.team()).json().path("members"))
                .hasToString("[{\"userId\":\"" + bob.id() + "\",\"role\":\"OWNER\"}]");
        assertThat(bob.api().get("/api/projects/" + belongings.shared()).status()).isEqualTo(200);
    }

    private JsonNode mark() {
        return laptop.items(StudioTable.USERS, ada.id()).path(0);
    }

    private JsonNode subscriptions() {
        return laptop.items(StudioTable.INTEGRATIONS, "USER#" + ada.id());
    }

    /** Returns the addresses that SNS knows. */
    private static List<String> endpoints() {
        return laptop.state().path("subscriptions").findValuesAsText("endpoint");
    }

    private Answer refresh() {
        return anonymous.post("/sessions/refresh", "{\"refreshToken\": \"" + ada.refreshToken() + "\"}");
    }
}
