package dev.plinth.stacks;

import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Validations;
import software.constructs.IConstruct;

/** Findings of cdk-nag and of the CDK that a review accepted. */
final class Reviewed {
    private Reviewed() {
    }

    /**
     * Accepts one finding.
     *
     * @param construct the narrowest construct that has the finding
     * @param id        the finding, with its detail in brackets where the rule has several
     * @param reason    what a reviewer can check
     */
    static void finding(IConstruct construct, String id, String reason) {
        Validations.of(construct).acknowledge(Acknowledgment.builder().id(id).reason(reason).build());
    }
}
