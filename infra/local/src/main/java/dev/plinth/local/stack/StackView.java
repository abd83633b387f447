package dev.plinth.local.stack;

import dev.plinth.local.template.DeployedStack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A stack as it is at one moment.
 *
 * @param id        the stack's ARN
 * @param roleArn   in whose name it is made
 * @param deletedAt when its deletion began; empty when it has not
 * @param outputs   empty until it is created
 * @param resources the latest state of each resource, in the order in which they were begun
 * @param planned   how many resources its template has
 */
public record StackView(String name, String id, Optional<String> description, String roleArn, StackStatus status,
        Optional<String> reason, Instant createdAt, Optional<Instant> deletedAt, List<DeployedStack.Output> outputs,
        List<StackEvent> resources, int planned) {
}
