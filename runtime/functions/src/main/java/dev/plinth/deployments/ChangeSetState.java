package dev.plinth.deployments;

import java.util.Optional;

/**
 * The change set of a deployment as CloudFormation tells it.
 *
 * @param reason    why it failed; empty otherwise
 * @param resources how many resources it adds
 */
record ChangeSetState(Phase phase, Optional<String> reason, int resources) {

    /** What is to be done with it. */
    enum Phase {
        /** It is being worked out. */
        PENDING,
        READY,
        FAILED,
        EXECUTED
    }
}
