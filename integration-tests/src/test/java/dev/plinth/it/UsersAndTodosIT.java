package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, their todos and the dashboard, which spans both databases. */
@Tag("laptop")
class UsersAndTodosIT {
    private final SystemUnderTest system = SystemUnderTest.get();
    private final Person ada = system.customer();
    private final Api api = ada.api();

    @Test
    void keepsAnAddressForOneUserWhateverItsCase() {
        Answer again = system.anonymous().post("/users", """
                {"name": "Eve", "email": "%s", "password": "%s"}""".formatted(ada.email().toUpperCase(), People.PASSWORD));

        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void changesItsOwnUser() {
        Answer changed = api.send("PATCH", "/users/" + ada.id(), "{\"name\": \"Zoë 🐈 O'Brien\"}",
                "Content-Type", "application/merge-patch+json");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(api.get("/users/" + ada.id()).json().path("name").asText()).isEqualTo("Zoë 🐈 O'Brien");
    }

    @Test
    void showsFiguresOfBothDatabasesInOneAnswer() {
        String open = todo("Write the note").path("id").asText();
        String done = todo("Build the engine").path("id").asText();
        JsonNode todo = api.get("/todos/" + done).json();
        assertThat(api.send("PUT", "/todos/" + done,
                "{\"title\": \"Build the engine\", \"status\": \"DONE\"}").status()).isEqualTo(200);

        JsonNode dashboard = api.get("/dashboard/" + ada.id()).json();

        assertThat(todo.path("status").asText()).isEqualTo("OPEN");
        assertThat(dashboard.path("user").path("email").asText()).isEqualTo(ada.email());
        assertThat(dashboard.path("todos").path("open").asInt()).isEqualTo(1);
        assertThat(dashboard.path("todos").path("done").asInt()).isEqualTo(1);
        assertThat(api.delete("/todos/" + open).status()).isEqualTo(204);
        assertThat(api.get("/todos/" + open).status()).isEqualTo(404);
    }

    @Test
    void showsNobodyAnotherUsersThings() {
        String id = todo("Private").path("id").asText();
        Api eve = system.customer().api();

        assertThat(eve.get("/users/" + ada.id()).status()).isEqualTo(404);
        assertThat(eve.send("PATCH", "/users/" + ada.id(), "{\"name\": \"Eve\"}").status()).isEqualTo(404);
        assertThat(eve.delete("/users/" + ada.id()).status()).isEqualTo(404);
        assertThat(eve.get("/dashboard/" + ada.id()).status()).isEqualTo(404);
        assertThat(eve.get("/users/" + ada.id() + "/todos").status()).isEqualTo(404);
        assertThat(eve.post("/users/" + ada.id() + "/todos", "{\"title\": \"Planted\"}").status()).isEqualTo(404);
        assertThat(eve.get("/todos/" + id).status()).isEqualTo(404);
        assertThat(eve.send("PUT", "/todos/" + id, "{\"title\": \"Taken\", \"status\": \"DONE\"}").status()).isEqualTo(404);
        assertThat(eve.delete("/todos/" + id).status()).isEqualTo(404);
        assertThat(eve.get("/sessions/" + ada.sessionId()).status()).isEqualTo(404);
        assertThat(eve.delete("/sessions/" + ada.sessionId()).status()).isEqualTo(404);
        assertThat(eve.send("PUT", "/users/" + ada.id() + "/role", "{\"role\": \"OPERATOR\"}").status()).isEqualTo(403);
        assertThat(api.get("/todos/" + id).json().path("title").asText()).isEqualTo("Private");
    }

    @Test
    void showsACustomerOnlyTheirOwnOrders() {
        Orders own = ada.orders();
        Orders eve = system.customer().orders();
        String id = own.created(ada.email()).path("id").asText();

        assertThat(own.get(id).status()).isEqualTo(200);
        assertThat(eve.get(id).status()).isEqualTo(404);
        assertThat(eve.patch(id, "{\"quantity\": 9}").status()).isEqualTo(404);
        assertThat(eve.delete(id).status()).isEqualTo(404);
        assertThat(eve.list("limit=100").json().path("items")).isEmpty();
        assertThat(eve.ofCustomer(ada.email()).json().path("items")).isEmpty();
        assertThat(own.patch(id, "{\"status\": \"CONFIRMED\"}").status()).isEqualTo(403);
        assertThat(own.patch(id, "{\"status\": \"CANCELLED\"}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; DROP TABLE users; --", "\\\" OR 1=1 --", "$$; SELECT pg_sleep(9); $$", "%' UNION SELECT 1 --"})
    void takesSqlForTheTextThatItIs(String sql) {
        String text = sql.replace("\\\"", "\"");
        assertThat(api.send("PATCH", "/users/" + ada.id(), "{\"name\": \"" + sql + "\"}").status()).isEqualTo(200);
        assertThat(api.get("/users/" + ada.id()).json().path("name").asText()).isEqualTo(text);
        assertThat(todo(sql).path("title").asText()).isEqualTo(text);
        assertThat(Person.signIn(system.anonymous(), sql + "@example.com", sql).status()).isIn(400, 401);
        assertThat(api.get("/users/" + ada.id()).status()).isEqualTo(200);
    }

    @Test
    void refusesAnIdThatIsNone() {
        for (String path : new String[] {"/users/1", "/dashboard/x", "/todos/null", "/users/" + UUID.randomUUID() + "x/todos"}) {
            assertThat(api.get(path).status()).as(path).isEqualTo(400);
        }
    }

    private JsonNode todo(String title) {
        Answer created = api.post("/users/" + ada.id() + "/todos", "{\"title\": \"" + title + "\"}");
        assertThat(created.status()).isEqualTo(201);
        return created.json();
    }
}
