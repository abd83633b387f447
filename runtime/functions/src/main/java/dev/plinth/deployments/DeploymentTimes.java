package dev.plinth.deployments;

import java.time.Duration;

/**
 * The times of deployments, which tests shorten.
 *
 * @param poll    between two looks at a stack
 * @param follow  for how long one invocation follows a stack, before it leaves that to the next one
 * @param most    how long a creation may take, and how long a deletion may
 * @param settled how long after it was told to delete a stack CloudFormation may still tell the stack's old state
 */
record DeploymentTimes(Duration poll, Duration follow, Duration most, Duration settled) {
    static final DeploymentTimes USUAL = new DeploymentTimes(
            Duration.ofSeconds(3), Duration.ofSeconds(100), Duration.ofMinutes(60), Duration.ofSeconds(10));
}
