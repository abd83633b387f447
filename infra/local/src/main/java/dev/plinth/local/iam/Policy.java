package dev.plinth.local.iam;

import java.util.List;
import java.util.Optional;

/** A policy of a role, or a permissions boundary. A {@link PolicyReader} makes it. Immutable. */
public final class Policy {
    private final String name;
    private final String constructPath;
    private final List<Statement> statements;

    Policy(String name, String constructPath, List<Statement> statements) {
        this.name = name;
        this.constructPath = constructPath;
        this.statements = List.copyOf(statements);
    }

    public String name() {
        return name;
    }

    public String constructPath() {
        return constructPath;
    }

    /** Tells whether a statement allows the request and none denies it. */
    public boolean allows(AccessRequest request) {
        return applying(request, false).isEmpty() && applying(request, true).isPresent();
    }

    List<Statement> statements() {
        return statements;
    }

    /** Returns the first statement of the given effect that applies to a request. */
    Optional<StatementName> applying(AccessRequest request, boolean allow) {
        return statements.stream()
                .filter(statement -> statement.allow() == allow && statement.applies(request))
                .map(this::nameOf)
                .findFirst();
    }

    StatementName nameOf(Statement statement) {
        return new StatementName(name, constructPath, statement.label());
    }
}
