package dev.plinth.local.stack;

import dev.plinth.local.iam.AccessRequest;
import java.util.Optional;

/** The roles in whose names stacks are made. */
public interface Authority {
    /** Tells whether CloudFormation may assume a role. */
    boolean isAssumable(String roleArn);

    /** Returns why a role may not do something, in AWS's words; empty when it may. */
    Optional<String> denial(String roleArn, AccessRequest access);
}
