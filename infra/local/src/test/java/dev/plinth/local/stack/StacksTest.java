package dev.plinth.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.ResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stacks of things that are created and deleted only when a test lets them. */
@Timeout(30)
class StacksTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/deployer";
    private static final String TEMPLATE = """
            {"Resources": {
               "A": {"Type": "T::Thing", "Properties": {"Id": {"Ref": "AWS::StackId"}}},
               "B": {"Type": "T::Thing", "DependsOn": "A"},
               "C": {"Type": "T::Thing", "DependsOn": "B"}},
             "Outputs": {"A": {"Value": {"Ref": "A"}}}}""";

    private final Things things = new Things();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Stacks stacks = new Stacks(Pseudo.local("eu-west-1"), Map.of("T::Thing", things), authority(), Clock.systemUTC());

    @AfterEach
    void stop() {
        stacks.close();
    }

    @Test
    void createsInTheOrderOfDependenceAndDeletesInReverse() {
        String id = begin(TEMPLATE);
        until(() -> status(id) == StackStatus.CREATE_COMPLETE);

        stacks.deleteStack("s", Optional.empty());
        until(() -> status(id) == StackStatus.DELETE_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "+C", "-C", "-B", "-A");
    }

    @Test
    void givesTheTemplateTheIdOfItsStack() {
        String id = begin(TEMPLATE);
        until(() -> status(id) == StackStatus.CREATE_COMPLETE);

        assertThat(things.ids).containsExactly(id);
        assertThat(stacks.describe("s").outputs()).singleElement().satisfies(output -> assertThat(output.value()).isEqualTo("s-A"));
    }

    @Test
    void stopsCreatingWhenItIsDeletedInBetween() {
        things.hold("B");
        String id = begin(TEMPLATE);
        until(() -> things.isReached("B"));
        assertThat(status(id)).isEqualTo(StackStatus.CREATE_IN_PROGRESS);

        stacks.deleteStack("s", Optional.of(ROLE));
        assertThat(status(id)).isEqualTo(StackStatus.DELETE_IN_PROGRESS);
        things.release("B");
        until(() -> status(id) == StackStatus.DELETE_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "-B", "-A");
        assertThat(stacks.events(id)).anySatisfy(event -> {
            assertThat(event.logicalId()).isEqualTo("C");
            assertThat(event.reason()).contains("Resource creation cancelled");
        });
        assertThat(states(id)).doesNotContain("CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS");
    }

    @Test
    void deletesWhatARollbackIsStillDeleting() {
        things.broken.add("+C");
        things.hold("-B");
        String id = begin(TEMPLATE);
        until(() -> things.isReached("-B"));
        assertThat(status(id)).isEqualTo(StackStatus.ROLLBACK_IN_PROGRESS);

        stacks.deleteStack("s", Optional.empty());
        things.release("-B");
        until(() -> status(id) == StackStatus.DELETE_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "-B", "-A");
    }

    @Test
    void staysWhereADeletionFailsAndGoesOnWhenItIsRepeated() {
        String id = begin(TEMPLATE);
        until(() -> status(id) == StackStatus.CREATE_COMPLETE);
        things.broken.add("-B");
        stacks.deleteStack("s", Optional.empty());
        until(() -> status(id) == StackStatus.DELETE_FAILED);

        assertThat(stacks.describe("s").reason()).contains("The following resource(s) failed to delete: [B]. ");
        assertThat(stacks.events(id)).anySatisfy(event -> assertThat(event.reason()).contains("-B is broken"));
        things.broken.clear();
        stacks.deleteStack("s", Optional.empty());
        until(() -> status(id) == StackStatus.DELETE_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "+C", "-C", "-B", "-A");
    }

    @Test
    void saysWhenARollbackFails() {
        things.broken.addAll(List.of("+C", "-B"));
        String id = begin(TEMPLATE);

        until(() -> status(id) == StackStatus.ROLLBACK_FAILED);

        assertThat(things.done).containsExactly("+A", "+B");
    }

    @Test
    void deletesNothingThatTheRoleMayNotDelete() {
        String id = begin(TEMPLATE);
        until(() -> status(id) == StackStatus.CREATE_COMPLETE);
        denied.add("t:Delete");
        stacks.deleteStack("s", Optional.empty());

        until(() -> status(id) == StackStatus.DELETE_FAILED);

        assertThat(things.done).containsExactly("+A", "+B", "+C");
        assertThat(stacks.events(id)).anySatisfy(event -> assertThat(event.reason()).hasValueSatisfying(
                reason -> assertThat(reason).contains("no t:Delete")));
    }

    @Test
    void leavesWhatTheTemplateRetains() {
        String id = begin(TEMPLATE.replace("\"DependsOn\": \"A\"", "\"DependsOn\": \"A\", \"DeletionPolicy\": \"Retain\""));
        until(() -> status(id) == StackStatus.CREATE_COMPLETE);
        stacks.deleteStack("s", Optional.empty());

        until(() -> status(id) == StackStatus.DELETE_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "+C", "-C", "-A");
        assertThat(stacks.events(id)).extracting(StackEvent::status).contains("DELETE_SKIPPED");
    }

    @Test
    void rollsBackAResourceOfWhichAPropertyHasNoEffect() {
        String id = begin(TEMPLATE.replace("\"DependsOn\": \"A\"", "\"DependsOn\": \"A\", \"Properties\": {\"Speed\": 1}"));

        until(() -> status(id) == StackStatus.ROLLBACK_COMPLETE);

        assertThat(things.done).containsExactly("+A", "+B", "-B", "-A");
        assertThat(stacks.events(id)).anySatisfy(event -> assertThat(event.reason()).hasValueSatisfying(
                reason -> assertThat(reason).contains("properties that have no effect here: Speed")));
    }

    @Test
    void rollsBackWhenAnOutputCannotBeResolved() {
        String id = begin(TEMPLATE.replace("{\"Ref\": \"A\"}}}", "{\"Fn::GetAtt\": [\"A\", \"Arn\"]}}}"));

        until(() -> status(id) == StackStatus.ROLLBACK_COMPLETE);

        assertThat(stacks.events(id)).anySatisfy(event -> assertThat(event.reason()).hasValueSatisfying(
                reason -> assertThat(reason).contains("the attribute Arn of A")));
    }

    @Test
    void knowsADeletedStackByItsIdAndGivesItsNameAway() {
        String first = begin(TEMPLATE);
        until(() -> status(first) == StackStatus.CREATE_COMPLETE);
        stacks.deleteStack(first, Optional.empty());
        until(() -> status(first) == StackStatus.DELETE_COMPLETE);

        assertThatThrownBy(() -> stacks.describe("s")).isInstanceOf(StackFailure.class)
                .hasMessage("Stack with id s does not exist");
        String second = begin(TEMPLATE);
        until(() -> status(second) == StackStatus.CREATE_COMPLETE);

        assertThat(second).isNotEqualTo(first);
        assertThat(status(first)).isEqualTo(StackStatus.DELETE_COMPLETE);
    }

    @Test
    void answersBeforeTheChangeSetIsMade() {
        ChangeSetView changeSet = change(TEMPLATE);

        assertThat(changeSet.status()).isEqualTo("CREATE_PENDING");
        assertThat(changeSet.execution()).isEqualTo("UNAVAILABLE");
    }

    private ChangeSetView change(String template) {
        return stacks.createChangeSet(new ChangeSetRequest("s", "c", Optional.of("t"),
                template.getBytes(StandardCharsets.UTF_8), ROLE, List.of("T::Thing")));
    }

    private String begin(String template) {
        ChangeSetView changeSet = change(template);
        until(() -> stacks.describeChangeSet("c", "s").status().equals("CREATE_COMPLETE"));
        stacks.executeChangeSet(changeSet.id(), "", Optional.of("t"));
        return changeSet.stackId();
    }

    private StackStatus status(String id) {
        return stacks.describe(id).status();
    }

    private List<String> states(String id) {
        return stacks.events(id).stream().filter(event -> event.type().equals(Stack.TYPE)).map(StackEvent::status).toList();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the end of the time for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Authority authority() {
        return new Authority() {
            @Override
            public boolean isAssumable(String roleArn) {
                return roleArn.equals(ROLE);
            }

            @Override
            public Optional<String> denial(String roleArn, AccessRequest access) {
                return denied.contains(access.action()) ? Optional.of("no " + access.action()) : Optional.empty();
            }
        };
    }

    /** Things that exist as words in a list: "+A" when A was created, "-A" when it was deleted. */
    private static final class Things implements ResourceKind {
        private final List<String> done = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final Set<String> broken = ConcurrentHashMap.newKeySet();
        private final Set<String> reached = ConcurrentHashMap.newKeySet();
        private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

        void hold(String step) {
            held.put(step, new CountDownLatch(1));
        }

        void release(String step) {
            held.get(step).countDown();
        }

        boolean isReached(String step) {
            return reached.contains(step);
        }

        @Override
        public List<AccessRequest> creating(ResourceDefinition resource) {
            return List.of(new AccessRequest("t:Create", "*", Map.of()));
        }

        @Override
        public CreatedResource create(ResourceDefinition resource) {
            resource.properties().optionalString("Id").ifPresent(ids::add);
            step(resource.logicalId(), "+" + resource.logicalId());
            return new CreatedResource(resource.stackName() + "-" + resource.logicalId(), Map.of());
        }

        @Override
        public List<AccessRequest> deleting(MadeResource resource) {
            return List.of(new AccessRequest("t:Delete", "*", Map.of()));
        }

        @Override
        public void delete(MadeResource resource) {
            step("-" + resource.definition().logicalId(), "-" + resource.definition().logicalId());
        }

        private void step(String gate, String word) {
            reached.add(gate);
            if (held.containsKey(gate)) {
                await(held.get(gate));
            }
            if (broken.contains(word)) {
                throw new IllegalStateException(word + " is broken");
            }
            done.add(word);
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
