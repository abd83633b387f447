package dev.plinth.removals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.aws.MortalAws.Killed;
import dev.plinth.functions.aws.MortalAws.Moment;
import dev.plinth.notifications.FakeMessaging.TopicSubscription;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The worker, killed after each of its calls, and so before each further one, for a user who has several of everything.
 * Whenever that was, the message that comes again leaves the same as if nobody had been killed.
 */
class KilledRemovalTest {
    /** What differs between two removals: times, and names of states. Whether it is there, does not. */
    private static final Set<String> VARYING = Set.of("revision", "removedAt", "deletedAt", "updatedAt", "expiresAt",
            "at", "endedAt", "checkAt", "deletionRequestedAt", "activityId");

    private static final UUID ADA = new UUID(0x01900000_00007000L, 0x8000000000000001L);
    private static final UUID BOB = new UUID(0x01900000_00007000L, 0x8000000000000002L);

    private static RemovalFunctions functions;
    private static Map<StudioTable, Set<Map<String, AttributeValue>>> before;
    private static Map<String, TopicSubscription> subscriptions;
    private static UUID deployment;

    @BeforeAll
    static void start() {
        functions = new RemovalFunctions();
        functions.put(ADA, "/api/profile", "{\"name\": \"Ada\", \"about\": \"Draws engines\"}");
        String mine = functions.project(ADA);
        String deployed = functions.project(ADA);
        functions.fill(ADA, mine);
        functions.fill(ADA, deployed);
        deployment = functions.deploy(ADA, deployed);
        String withBob = functions.team(ADA);
        functions.join(ADA, withBob, BOB, "VIEWER");
        String shared = functions.project(ADA, withBob);
        functions.fill(BOB, functions.project(BOB));
        String alone = functions.team(ADA);
        functions.project(ADA, alone);
        String left = functions.team(BOB);
        functions.join(BOB, left, ADA, "OWNER");
        functions.project(BOB, left);
        functions.delete(BOB, left + "/members/" + BOB);
        String bobs = functions.team(BOB);
        functions.join(BOB, bobs, ADA, "EDITOR");
        functions.subscribeAll(ADA, mine, shared);
        functions.subscribeAll(BOB, shared);
        before = items();
        subscriptions = functions.messaging().subscriptions();
    }

    @AfterAll
    static void stop() {
        functions.aws().live();
        functions.aws().forget();
        functions.close();
    }

    @Test
    void leavesOfTheUserWhatOthersNeedAndNothingElse() {
        restore();
        removeWithDeployment();

        assertThat(functions.item(StudioTable.USERS, ADA).orElseThrow()).containsOnlyKeys(
                "userId", "removedAt", "revision", "count#projects", "count#teams");
        assertThat(functions.table(StudioTable.TEAMS).items().toString()).doesNotContain("USER#" + ADA);
        assertThat(functions.table(StudioTable.PROJECTS).items()).filteredOn(item -> item.containsKey("ownerId")
                && item.get("ownerId").s().equals(ADA.toString())).as("the one that is shared").hasSize(1);
        List<Map<String, AttributeValue>> integrations = functions.table(StudioTable.INTEGRATIONS).items();
        assertThat(integrations.toString()).doesNotContain(
                RemovalFunctions.mail(ADA), RemovalFunctions.number(ADA), "USER#" + ADA + ", ");
        assertThat(integrations).filteredOn(item -> item.toString().contains(ADA.toString()))
                .allSatisfy(item -> assertThat(item).containsKey("expiresAt"));
        assertThat(functions.messaging().subscriptions().values()).hasSize(2);
    }

    @Test
    void completesARemovalThatWasKilledAtAnyCall() {
        restore();
        removeWithDeployment();
        Map<Object, Object> expected = state();
        int calls = 0;
        boolean killed = true;
        while (killed) {
            calls++;
            restore();
            killed = isKilledAfter(calls, () -> functions.remove(ADA));
            functions.aws().live();
            removeWithDeployment();
            assertThat(state()).as("killed after call " + calls).isEqualTo(expected);
        }
        assertThat(calls).as("a removal takes many calls").isGreaterThan(40);
    }

    @Test
    void completesWhatComesAfterTheDeploymentsThatWasKilledAtAnyCall() {
        restore();
        removeWithDeployment();
        Map<Object, Object> expected = state();
        restore();
        functions.remove(ADA);
        functions.deleteStack(deployment);
        Map<StudioTable, Set<Map<String, AttributeValue>>> afterwards = items();
        int calls = 0;
        boolean killed = true;
        while (killed) {
            calls++;
            restore(afterwards);
            killed = isKilledAfter(calls, () -> functions.remove(ADA));
            functions.aws().live();
            assertThat(functions.remove(ADA)).isTrue();
            assertThat(state()).as("killed after call " + calls).isEqualTo(expected);
        }
        assertThat(calls).as("a removal takes many calls").isGreaterThan(40);
    }

    /** Runs the worker, and tells whether it got as far as the call after which it is killed. */
    private static boolean isKilledAfter(int call, Runnable worker) {
        functions.aws().dieAt(call, Moment.AFTER);
        try {
            worker.run();
            return false;
        } catch (Killed killed) {
            return true;
        }
    }

    /** Delivers the message until it is handled, with what the deployment worker does in between. */
    private static void removeWithDeployment() {
        assertThat(functions.remove(ADA)).as("the deployment comes first").isFalse();
        functions.deleteStack(deployment);
        assertThat(functions.remove(ADA)).isTrue();
    }

    private static void restore() {
        restore(before);
        functions.messaging().restore(subscriptions);
    }

    private static void restore(Map<StudioTable, Set<Map<String, AttributeValue>>> items) {
        functions.aws().live();
        functions.aws().forget();
        items.forEach((table, wanted) -> {
            LocalTable local = functions.table(table);
            Set<Map<String, AttributeValue>> there = items(table);
            there.stream().filter(item -> !wanted.contains(item)).forEach(item -> local.dynamo().deleteItem(
                    request -> request.tableName(local.name()).key(key(table, item))));
            wanted.stream().filter(item -> !there.contains(item)).forEach(item -> local.dynamo().putItem(
                    request -> request.tableName(local.name()).item(item)));
        });
    }

    private static Map<String, AttributeValue> key(StudioTable table, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>(item);
        Set<String> names = new HashSet<>(Set.of(table.schema().key().partition()));
        table.schema().key().sort().ifPresent(names::add);
        key.keySet().retainAll(names);
        return key;
    }

    private static Map<StudioTable, Set<Map<String, AttributeValue>>> items() {
        Map<StudioTable, Set<Map<String, AttributeValue>>> items = new EnumMap<>(StudioTable.class);
        for (StudioTable table : StudioTable.values()) {
            items.put(table, items(table));
        }
        return items;
    }

    private static Set<Map<String, AttributeValue>> items(StudioTable table) {
        return Set.copyOf(functions.table(table).items());
    }

    /** Returns all that is in the tables, and the topic's subscriptions. */
    private static Map<Object, Object> state() {
        Map<Object, Object> state = new HashMap<>();
        state.put("SNS", new HashSet<>(functions.messaging().subscriptions().keySet()));
        for (StudioTable table : StudioTable.values()) {
            List<String> items = new ArrayList<>();
            functions.table(table).items().forEach(item -> items.add(comparable(item)));
            items.sort(null);
            state.put(table, items);
        }
        return state;
    }

    private static String comparable(Map<String, AttributeValue> item) {
        Set<String> attributes = new TreeSet<>();
        item.forEach((name, value) -> attributes.add(name + "=" + (VARYING.contains(name) ? "" : value)));
        return attributes.toString();
    }
}
