package dev.plinth.deployments;

import java.util.Map;
import java.util.Optional;

/**
 * A stack as CloudFormation tells it.
 *
 * @param reason  why it is as it is; empty when CloudFormation gives none
 * @param outputs empty until it is created
 */
record StackState(String id, Phase phase, Optional<String> reason, Map<String, String> outputs) {
    StackState {
        outputs = Map.copyOf(outputs);
    }

    /** What a stack is in the middle of, or what has become of it. */
    enum Phase {
        /** It has a change set that is not executed yet, or none. */
        PREPARED,
        CREATING,
        CREATED,

        /** Its creation failed, and what was created is being removed. */
        ROLLING_BACK,

        /** Its creation failed. It is still there, with what its rollback left. */
        FAILED,
        DELETING,
        DELETE_FAILED,
        DELETED
    }
}
