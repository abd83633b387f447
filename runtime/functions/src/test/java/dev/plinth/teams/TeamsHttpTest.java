package dev.plinth.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.workspace.StudioFunction;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get of the routes of teams, through the handler, by events as API Gateway sends them. */
class TeamsHttpTest {

    private static StudioFunction studio;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    @BeforeAll
    static void start() {
        studio = new StudioFunction();
    }

    @AfterAll
    static void stop() {
        studio.close();
    }

    @Test
    void startsATeamWhoseCreatorOwnsIt() {
        Answer created = studio.post(ada, "/api/teams", "{\"name\": \"Engine room\", \"description\": \"x\"}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.header("location")).isEqualTo("/api/teams/" + text(created.json(), "id"));
        assertThat(members(created)).containsExactly(ada + " OWNER");
        Answer read = studio.get(ada, created.header("location"));
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("etag")).isEqualTo(created.header("etag"));
        assertThat(text(read.json(), "description")).isEqualTo("x");
    }

    @Test
    void showsNothingOfATeamToStrangers() {
        String team = team();

        assertThat(studio.get(bob, team).status()).isEqualTo(404);
        assertThat(studio.put(bob, team, "{\"name\": \"Mine\"}").status()).isEqualTo(404);
        assertThat(studio.delete(bob, team).status()).isEqualTo(404);
        assertThat(put(bob, team, bob, "OWNER").status()).isEqualTo(404);
        assertThat(studio.delete(bob, team + "/members/" + ada).status()).isEqualTo(404);
        assertThat(studio.all(bob, "/api/teams", "id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "EDITOR"})
    void letsOnlyOwnersChangeATeam(String role) {
        String team = team();
        put(ada, team, bob, role);

        assertThat(studio.get(bob, team).status()).isEqualTo(200);
        assertThat(studio.put(bob, team, "{\"name\": \"Mine\"}").status()).isEqualTo(403);
        assertThat(studio.delete(bob, team).status()).isEqualTo(403);
        assertThat(put(bob, team, bob, "OWNER").status()).isEqualTo(403);
        assertThat(studio.delete(bob, team + "/members/" + ada).status()).isEqualTo(403);
        assertThat(studio.delete(bob, team + "/members/" + bob).status()).isEqualTo(204);
        assertThat(studio.get(bob, team).status()).isEqualTo(404);
    }

    @Test
    void keepsTheLastOwner() {
        String team = team();
        put(ada, team, bob, "EDITOR");

        Answer leaving = studio.delete(ada, team + "/members/" + ada);
        assertThat(leaving.status()).isEqualTo(409);
        assertThat(leaving.text()).contains("last owner");
        assertThat(put(ada, team, ada, "VIEWER").status()).isEqualTo(409);
        assertThat(put(ada, team, bob, "OWNER").status()).isEqualTo(200);
        assertThat(studio.delete(ada, team + "/members/" + ada).status()).isEqualTo(204);
        assertThat(members(studio.get(bob, team))).containsExactly(bob + " OWNER");
    }

    @Test
    void keepsAnOwnerWhenBothLeaveAtOnce() {
        for (int round = 0; round < 5; round++) {
            String team = team();
            put(ada, team, bob, "OWNER");

            List<Integer> answers = Stream.of(ada, bob).parallel()
                    .map(owner -> studio.delete(owner, team + "/members/" + owner).status()).toList();

            assertThat(answers).containsExactlyInAnyOrder(204, 409);
        }
    }

    @Test
    void takesNoMoreThanFiftyMembersWhenTheyRace() {
        String team = team();
        IntStream.range(0, 47).forEach(i -> put(ada, team, UUID.randomUUID(), "VIEWER"));

        List<Integer> answers = IntStream.range(0, 4).parallel()
                .mapToObj(i -> put(ada, team, UUID.randomUUID(), "VIEWER").status()).toList();

        assertThat(answers).containsExactlyInAnyOrder(200, 200, 409, 409);
        assertThat(members(studio.get(ada, team))).hasSize(50);
        assertThat(studio.delete(ada, team).status()).isEqualTo(204);
        assertThat(studio.table(StudioTable.TEAMS).items())
                .noneMatch(item -> item.get("teamId").s().equals(StudioFunction.id(team).toString()));
    }

    @Test
    void listsTheTeamsInWhichOneIsWithOnesRole() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String team = team();
            ids.add(StudioFunction.id(team).toString());
            put(ada, team, bob, i == 0 ? "EDITOR" : "VIEWER");
        }
        Collections.reverse(ids);
        studio.put(ada, "/api/teams/" + ids.get(0), "{\"name\": \"Renamed\"}");

        assertThat(studio.all(bob, "/api/teams?limit=1", "id")).isEqualTo(ids);
        assertThat(studio.all(bob, "/api/teams", "role")).containsExactly("VIEWER", "VIEWER", "EDITOR");
        assertThat(studio.all(bob, "/api/teams", "name")).first().isEqualTo("Renamed");

        studio.delete(bob, "/api/teams/" + ids.get(1) + "/members/" + bob);
        assertThat(studio.all(bob, "/api/teams", "id")).containsExactly(ids.get(0), ids.get(2));
    }

    @Test
    void listsNoTeamThatOneHasLeftThoughTheIndexStillHoldsIt() {
        String team = team();
        put(ada, team, bob, "VIEWER");
        studio.http().interrupt("BatchGetItem", 1, () -> studio.delete(bob, team + "/members/" + bob));

        assertThat(studio.all(bob, "/api/teams", "id")).isEmpty();

        assertThat(studio.http().sent()).isEqualTo(1);
        studio.http().recover();
    }

    @Test
    void changesATeamThatIsAsTheClientThinks() {
        String team = team();
        String before = studio.get(ada, team).header("etag");
        put(ada, team, bob, "VIEWER");

        assertThat(studio.send(ada, ApiCall.of("PUT", team).json("{\"name\": \"B\"}").header("If-Match", before))
                .status()).isEqualTo(412);
        assertThat(studio.send(ada, ApiCall.of("DELETE", team).header("If-Match", before)).status()).isEqualTo(412);
        assertThat(studio.send(ada, ApiCall.of("PUT", team + "/members/" + bob).json("{\"role\": \"OWNER\"}")
                .header("If-Match", before)).status()).isEqualTo(412);
        String now = studio.get(ada, team).header("etag");
        assertThat(put(ada, team, bob, "VIEWER").header("etag")).isEqualTo(now);
        assertThat(studio.send(ada, ApiCall.of("PUT", team).json("{\"name\": \"B\"}").header("If-Match", now)).status())
                .isEqualTo(200);
    }

    @Test
    void freesTheQuotaOfItsCreatorWhoeverDeletesATeam() {
        String team = team();
        put(ada, team, bob, "OWNER");
        assertThat(studio.get(ada, "/api/profile").text()).contains("\"things\":\"teams\",\"used\":1,\"most\":20");

        assertThat(studio.delete(bob, team).status()).isEqualTo(204);

        assertThat(studio.get(ada, "/api/profile").text()).contains("\"things\":\"teams\",\"used\":0");
        assertThat(studio.get(bob, "/api/profile").text()).contains("\"things\":\"teams\",\"used\":0");
    }

    @Test
    void makesTwentyTeamsAPersonAtMost() {
        IntStream.range(0, 20).forEach(i -> team());
        Answer refused = studio.post(ada, "/api/teams", "{\"name\": \"One more\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("20 teams");
    }

    @Test
    void pointsAtWhatIsWrong() {
        String team = team();
        assertThat(put(ada, team, bob, "KING").text()).contains("\"pointer\":\"/role\"");
        assertThat(studio.put(ada, team + "/members/me", "{\"role\": \"OWNER\"}").text())
                .contains("\"parameter\":\"userId\"");
        assertThat(studio.post(ada, "/api/teams", "{}").text()).contains("\"pointer\":\"/name\"");
        assertThat(studio.delete(ada, team + "/members/" + bob).status()).isEqualTo(404);
    }

    private String team() {
        return studio.created(ada, "/api/teams", "{\"name\": \"Engine room\"}");
    }

    private static Answer put(UUID actor, String team, UUID member, String role) {
        return studio.put(actor, team + "/members/" + member, "{\"role\": \"" + role + "\"}");
    }

    private static List<String> members(Answer team) {
        JsonNode members = team.json().get("members");
        List<String> ids = StudioFunction.texts(members, "userId");
        List<String> roles = StudioFunction.texts(members, "role");
        return IntStream.range(0, ids.size()).mapToObj(i -> ids.get(i) + " " + roles.get(i)).toList();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).getStringValue();
    }
}
