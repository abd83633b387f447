package dev.plinth.local.cloud;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Denied;
import dev.plinth.local.iam.Role;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.stack.Authority;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What CloudFormation may do in the name of the templates' roles. Uses and denials are recorded. Thread-safe. */
final class RoleAuthority implements Authority {
    private static final String PRINCIPAL = "cloudformation.amazonaws.com";

    /** The name of the session in which CloudFormation has a role. */
    private static final String SESSION = "AWSCloudFormation";

    private final IamResources iam;
    private final Journal journal;
    private final Consumer<String> denials;

    /** @param denials takes the explanation of each denial, several lines long */
    RoleAuthority(IamResources iam, Journal journal, Consumer<String> denials) {
        this.iam = iam;
        this.journal = journal;
        this.denials = denials;
    }

    @Override
    public boolean isAssumable(String roleArn) {
        return iam.roleFor(PRINCIPAL, roleArn).isPresent();
    }

    @Override
    public Optional<String> denial(String roleArn, AccessRequest access) {
        Role role = iam.role(iam.roleFor(PRINCIPAL, roleArn).orElseThrow());
        if (role.decide(access) instanceof Denied denied) {
            journal.add(new Journal.Denial(Instant.now(), role.name(), access.action(), denied.explanation()));
            denials.accept(denied.explanation());
            return Optional.of(denied.message(SESSION));
        }
        journal.use(role.name(), access.action(), access.resourceArn());
        return Optional.empty();
    }
}
