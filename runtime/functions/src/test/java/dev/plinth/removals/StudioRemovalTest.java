package dev.plinth.removals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.Values;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of the projects and teams of a user who is gone, and of what others have with them. */
class StudioRemovalTest {
    private static RemovalFunctions functions;

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID cleo = UUID.randomUUID();

    @BeforeAll
    static void start() {
        functions = new RemovalFunctions();
    }

    @AfterAll
    static void stop() {
        functions.close();
    }

    @AfterEach
    void live() {
        functions.aws().live();
        functions.aws().forget();
    }

    @Test
    void deletesTheUsersProjectsWithAllThatIsInThemAndNobodyElses() {
        List<String> mine = List.of(functions.project(ada), functions.project(ada), functions.project(ada));
        String other = functions.project(bob);
        mine.forEach(project -> functions.fill(ada, project));
        functions.fill(bob, other);

        assertThat(functions.remove(ada)).isTrue();

        for (String project : mine) {
            assertThat(functions.contents(project)).isEmpty();
            Map<String, AttributeValue> mark =
                    functions.item(StudioTable.PROJECTS, RemovalFunctions.id(project)).orElseThrow();
            assertThat(mark).containsKeys("deletedAt", "expiresAt").doesNotContainKey("ownerId");
            assertThat(functions.happened(project)).endsWith(ada + " project.deleted {name=Bookshop}");
        }
        assertThat(functions.contents(other)).hasSize(4);
        assertThat(functions.get(bob, other).status()).isEqualTo(200);
    }

    @Test
    void leavesNothingPersonalInTheMark() {
        functions.put(ada, "/api/profile", "{\"name\": \"Ada\"}");
        functions.project(ada);
        functions.team(ada);

        functions.remove(ada);

        assertThat(functions.item(StudioTable.USERS, ada).orElseThrow()).containsOnlyKeys(
                "userId", "removedAt", "revision", "count#projects", "count#teams", "expiresAt");
    }

    @Test
    void keepsAProjectThatOthersReachAndLetsThemDoEverythingWithIt() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "VIEWER");
        String project = functions.project(ada, team);
        functions.fill(ada, project);
        assertThat(functions.delete(bob, project).status()).isEqualTo(403);

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.contents(project)).hasSize(4);
        assertThat(functions.role(team, bob)).contains("OWNER");
        assertThat(functions.role(team, ada)).isEmpty();
        assertThat(mark(ada)).as("others will count down what counts there").doesNotContainKey("expiresAt");
        assertThat(functions.put(bob, project, "{\"name\": \"Ours\", \"teamId\": \"" + RemovalFunctions.id(team)
                + "\"}").status()).isEqualTo(200);
        assertThat(functions.delete(bob, project).status()).isEqualTo(204);
        assertThat(functions.delete(bob, team).status()).isEqualTo(204);
        assertThat(mark(ada).get("count#projects").n()).isEqualTo("0");
        assertThat(mark(ada).get("count#teams").n()).isEqualTo("0");
    }

    @Test
    void deletesATeamInWhichNobodyElseIsWithTheProjectsSharedWithIt() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "EDITOR");
        String project = functions.project(ada, team);
        assertThat(functions.delete(bob, team + "/members/" + bob).status()).isEqualTo(204);

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.isTeam(team)).isFalse();
        assertThat(functions.role(team, ada)).isEmpty();
        assertThat(functions.happened(team)).endsWith(ada + " team.deleted {name=Engine room}");
        assertThat(functions.get(ada, project).status()).isEqualTo(404);
    }

    @Test
    void makesTheOldestEditorAnOwnerWhenTheLastOneGoes() {
        UUID viewer = new UUID(0x01900000_00007000L, 1);
        UUID youngEditor = new UUID(0x01920000_00007000L, 3);
        UUID oldEditor = new UUID(0x01910000_00007000L, 2);
        String team = functions.team(ada);
        functions.join(ada, team, viewer, "VIEWER");
        functions.join(ada, team, youngEditor, "EDITOR");
        functions.join(ada, team, oldEditor, "EDITOR");

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.role(team, oldEditor)).contains("OWNER");
        assertThat(functions.role(team, youngEditor)).contains("EDITOR");
        assertThat(functions.role(team, viewer)).contains("VIEWER");
        assertThat(functions.role(team, ada)).isEmpty();
        assertThat(functions.happened(team)).filteredOn(happened -> happened.contains("member-"))
                .contains(ada + " team.member-changed {member=" + oldEditor + ", name=Engine room, role=OWNER}",
                        ada + " team.member-removed {member=" + ada + ", name=Engine room}").hasSize(5);
    }

    @Test
    void changesNobodysRoleWhileThereIsAnotherOwner() {
        String team = functions.team(bob);
        functions.join(bob, team, ada, "OWNER");
        functions.join(bob, team, cleo, "EDITOR");

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.role(team, ada)).isEmpty();
        assertThat(functions.role(team, bob)).contains("OWNER");
        assertThat(functions.role(team, cleo)).contains("EDITOR");
    }

    @Test
    void leavesATeamEmptyWithWhichOthersShareTheirProjects() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "EDITOR");
        String theirs = functions.project(bob, team);
        String mine = functions.project(ada, team);
        functions.delete(bob, team + "/members/" + bob);

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.isTeam(team)).isTrue();
        assertThat(functions.role(team, ada)).isEmpty();
        assertThat(functions.get(bob, theirs).status()).isEqualTo(200);
        assertThat(functions.item(StudioTable.PROJECTS, RemovalFunctions.id(mine)).orElseThrow())
                .containsKey("deletedAt");
        assertThat(functions.put(bob, theirs, "{\"name\": \"Mine\"}").status()).as("shared no longer").isEqualTo(200);
    }

    @Test
    void deletesWhatAnOwnerLeftToATeamWhenTheLastMemberGoes() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "EDITOR");
        String project = functions.project(ada, team);
        functions.fill(ada, project);
        assertThat(functions.remove(ada)).isTrue();
        assertThat(functions.contents(project)).hasSize(4);

        assertThat(functions.remove(bob)).isTrue();

        assertThat(functions.contents(project)).isEmpty();
        assertThat(functions.isTeam(team)).isFalse();
        assertThat(mark(ada).get("count#projects").n()).isEqualTo("0");
    }

    @Test
    void removesTwoAtOnceWhoHaveOnlyEachOther() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "EDITOR");
        String mine = functions.project(ada, team);
        String theirs = functions.project(bob, team);
        // Ada's projects stay because of Bob, who goes before she has left the team.
        AtomicInteger writes = new AtomicInteger();
        interruptEachTransaction(() -> {
            if (writes.incrementAndGet() == 3) {
                functions.remove(bob);
            }
        });

        boolean removed = functions.remove(ada);

        assertThat(removed || functions.remove(ada)).isTrue();
        assertThat(functions.remove(bob)).isTrue();
        assertThat(functions.isTeam(team)).isFalse();
        for (String project : List.of(mine, theirs)) {
            assertThat(functions.item(StudioTable.PROJECTS, RemovalFunctions.id(project)).orElseThrow())
                    .containsKeys("deletedAt", "expiresAt");
        }
    }

    private static void interruptEachTransaction(Runnable happening) {
        functions.aws().interrupt("DynamoDB.TransactWriteItems", () -> {
            interruptEachTransaction(happening);
            happening.run();
        });
    }

    @Test
    void handsATeamOverToWhoIsInItWhenTheWriteIsMade() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "EDITOR");
        functions.join(ada, team, cleo, "VIEWER");
        AtomicInteger writes = new AtomicInteger();
        interruptEachTransaction(() -> {
            // After the two marks.
            if (writes.incrementAndGet() == 3) {
                functions.aws().interrupt("", () -> { });
                assertThat(functions.delete(bob, team + "/members/" + bob).status()).isEqualTo(204);
            }
        });

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.role(team, bob)).isEmpty();
        assertThat(functions.role(team, cleo)).contains("OWNER");
    }

    @Test
    void looksOnceMoreForTeamsThatTheFirstLookMissed() {
        functions.team(ada);
        String late = functions.team(bob);
        AtomicInteger writes = new AtomicInteger();
        interruptEachTransaction(() -> {
            if (writes.incrementAndGet() == 3) {
                functions.join(bob, late, ada, "VIEWER");
            }
        });

        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.role(late, ada)).isEmpty();
        assertThat(functions.happened(late)).anyMatch(happened -> happened.contains("member-added"));
    }

    @Test
    void waitsUntilDeploymentsAreDeletedAndAsksForItOnce() {
        String project = functions.project(ada);
        UUID deployment = functions.deploy(ada, project);
        String another = functions.project(ada);

        assertThat(functions.remove(ada)).isFalse();
        assertThat(functions.remove(ada)).isFalse();

        assertThat(functions.get(ada, project).status()).isEqualTo(200);
        assertThat(functions.item(StudioTable.PROJECTS, RemovalFunctions.id(another)).orElseThrow())
                .as("waits for nothing").containsKey("expiresAt");
        assertThat(functions.aws().sent()).singleElement().satisfies(sent -> {
            assertThat(sent.queueUrl()).endsWith("DEPLOYMENT_QUEUE_URL");
            assertThat(sent.body().get("type").getStringValue()).isEqualTo("deployment-requested");
            assertThat(sent.body().get("jobId").getStringValue()).isEqualTo(deployment.toString());
        });
        assertThat(functions.happened(project)).filteredOn(happened -> happened.contains("deployment"))
                .containsExactly(ada + " deployment.deletion-requested {}");
        assertThat(mark(ada)).doesNotContainKey("expiresAt");

        functions.deleteStack(deployment);
        assertThat(functions.remove(ada)).isTrue();

        assertThat(functions.get(ada, project).status()).isEqualTo(404);
        assertThat(mark(ada)).containsKey("expiresAt");
    }

    @Test
    void asksAgainForADeletionThatFailed() {
        UUID deployment = functions.deploy(ada, functions.project(ada));
        functions.remove(ada);
        LocalTable table = functions.table(StudioTable.DEPLOYMENTS);
        table.dynamo().updateItem(request -> request.tableName(table.name())
                .key(Map.of("jobId", Values.text(deployment)))
                .updateExpression("SET #status = :failed, endedAt = :now")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(Map.of(":failed", Values.text("DELETE_FAILED"),
                        ":now", Values.text(Instant.now()))));

        assertThat(functions.remove(ada)).isFalse();

        assertThat(functions.aws().sent()).hasSize(2);
    }

    @Test
    void goesOnUntilTheIndexListsAllProjectsThatAreCounted() {
        functions.project(ada);
        count(ada, 2);

        assertThat(functions.remove(ada)).isFalse();
        assertThat(mark(ada)).doesNotContainKey("expiresAt");

        count(ada, 0);
        assertThat(functions.remove(ada)).isTrue();
        assertThat(mark(ada)).containsKey("expiresAt");
    }

    private static void count(UUID user, int projects) {
        LocalTable table = functions.table(StudioTable.USERS);
        table.dynamo().updateItem(request -> request.tableName(table.name())
                .key(Map.of("userId", Values.text(user)))
                .updateExpression("SET #count = :count")
                .expressionAttributeNames(Map.of("#count", "count#projects"))
                .expressionAttributeValues(Map.of(":count", Values.number(projects))));
    }

    @Test
    void stopsWhenTimeIsShortAndGoesOnAtTheNextDelivery() {
        for (int project = 0; project < 4; project++) {
            functions.fill(ada, functions.project(ada));
        }
        AtomicInteger looks = new AtomicInteger();
        int deliveries = 1;

        // In each delivery there is time for the message, a project and its contents, and none for the next project.
        while (!Invocation.ofMessages(RemovalFunctions.event("user-removed", ada.toString()))
                .millisLeft(() -> looks.getAndIncrement() < 3 ? 60_000 : 14_999).failures(functions.worker())
                .isEmpty()) {
            deliveries++;
            looks.set(0);
            assertThat(deliveries).isLessThan(20);
        }

        assertThat(deliveries).as("a project each").isEqualTo(4);
        assertThat(mark(ada)).containsKey("expiresAt");
        assertThat(functions.table(StudioTable.PROJECTS).items()).filteredOn(item ->
                item.containsKey("ownerId") && item.get("ownerId").s().equals(ada.toString())).isEmpty();
    }

    @Test
    void isUnavailableWhileTablesAreAndCompletesWhatItBegan() {
        functions.fill(ada, functions.project(ada));
        functions.team(ada);
        for (String operation : List.of("GetItem", "Query", "TransactWriteItems", "BatchWriteItem", "UpdateItem")) {
            functions.aws().fail(("DynamoDB." + operation)::equals, false);
            assertThat(functions.remove(ada)).as(operation).isFalse();
            functions.aws().live();
        }

        assertThat(functions.remove(ada)).isTrue();
        assertThat(mark(ada)).containsKey("expiresAt").doesNotContainKey("deletions");
    }

    @Test
    void letsNobodyMakeAProjectUnreachableWhoseOwnerIsGone() {
        String team = functions.team(ada);
        functions.join(ada, team, bob, "OWNER");
        String project = functions.project(ada, team);
        functions.remove(ada);

        Answer refused = functions.put(bob, project, "{\"name\": \"Alone\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("The account of the project's owner has been removed.");
        String another = functions.team(bob);
        assertThat(functions.put(bob, project, "{\"name\": \"Ours\", \"teamId\": \"" + RemovalFunctions.id(another)
                + "\"}").status()).isEqualTo(200);
    }

    private static Map<String, AttributeValue> mark(UUID user) {
        return functions.item(StudioTable.USERS, user).orElseThrow();
    }
}
