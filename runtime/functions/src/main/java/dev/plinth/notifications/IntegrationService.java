package dev.plinth.notifications;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.notifications.Holdings.Held;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.EndpointKind;
import dev.plinth.webhooks.EndpointState;
import dev.plinth.webhooks.Interest;
import dev.plinth.webhooks.Secrets;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What people can do with the integrations of a project: see them with the right to read it, and change them with the
 * right to edit it. Safe for use by several threads.
 */
@Singleton
@Requires(env = "notifications")
class IntegrationService {
    private final Integrations integrations;
    private final ProjectAccess access;
    private final ActivityWrites activity;
    private final TimeOrderedIds ids;
    private final Clock clock;

    IntegrationService(Integrations integrations, ProjectAccess access, ActivityWrites activity, TimeOrderedIds ids,
            Clock clock) {
        this.integrations = integrations;
        this.access = access;
        this.activity = activity;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Adds an integration, which is told of notices from then on.
     *
     * @throws Failure NOT_FOUND or FORBIDDEN without the right to edit the project, CONFLICT when it has as many as may
     *                 be
     */
    Integration create(Caller caller, UUID project, String name, EndpointKind kind, URI url, Interest interest) {
        access.require(caller, project, ProjectRight.EDIT);
        return Attempts.of(() -> {
            Held held = integrations.held(project);
            if (held.items().size() >= Integrations.MOST) {
                throw new Failure(Kind.CONFLICT, "The project has " + Integrations.MOST + " integrations, which is the"
                        + " most. Delete one first.");
            }
            Endpoint endpoint = new Endpoint(Endpoint.ofProject(project), ids.next(), kind, url, Secrets.generate(),
                    interest, EndpointState.ACTIVE, 0);
            Integration integration = new Integration(project, name, endpoint, TimeOrderedIds.createdAt(endpoint.id()),
                    UUID.randomUUID().toString());
            return integrations.add(integration, held, happening(caller, integration, "integration.created"))
                    ? Optional.of(integration) : Optional.empty();
        });
    }

    Integration find(Caller caller, UUID project, UUID id) {
        access.require(caller, project, ProjectRight.READ);
        return integrations.find(project, id).orElseThrow(() -> unknown(id));
    }

    IdPage<Integration> list(Caller caller, UUID project, IdPageRequest page) {
        access.require(caller, project, ProjectRight.READ);
        return integrations.list(project, page);
    }

    /**
     * Replaces an integration.
     *
     * @param change what it shall be, given the kind that it is and stays
     * @throws Failure NOT_FOUND, FORBIDDEN, or STALE when it does not meet the condition
     */
    Integration change(Caller caller, UUID project, UUID id, RevisionCondition condition,
            Function<EndpointKind, IntegrationChange> change) {
        access.require(caller, project, ProjectRight.EDIT);
        return Attempts.of(() -> {
            Integration before = integrations.find(project, id).orElseThrow(() -> unknown(id));
            condition.require(before.revision());
            Integration after = after(before, change.apply(before.endpoint().kind()));
            return integrations.replace(before, after, happening(caller, after, "integration.changed"))
                    ? Optional.of(after) : Optional.empty();
        });
    }

    /** Removes an integration; throws NOT_FOUND, FORBIDDEN, or STALE when it does not meet the condition. */
    void remove(Caller caller, UUID project, UUID id, RevisionCondition condition) {
        access.require(caller, project, ProjectRight.EDIT);
        Attempts.of(() -> {
            Integration integration = integrations.find(project, id).orElseThrow(() -> unknown(id));
            condition.require(integration.revision());
            return integrations.remove(integration, happening(caller, integration, "integration.deleted"))
                    ? Optional.of(id) : Optional.empty();
        });
    }

    private Integration after(Integration before, IntegrationChange change) {
        Endpoint endpoint = before.endpoint();
        Endpoint changed = new Endpoint(endpoint.owner(), endpoint.id(), endpoint.kind(),
                change.url().orElse(endpoint.url()),
                change.rotated() ? endpoint.secrets().rotated(now()) : endpoint.secrets(),
                change.interest(),
                change.enabled() ? EndpointState.ACTIVE : EndpointState.DISABLED,
                change.enabled() && endpoint.state() == EndpointState.ACTIVE ? endpoint.failures() : 0);
        return new Integration(before.projectId(), change.name(), changed, now(), UUID.randomUUID().toString());
    }

    private List<TransactWriteItem> happening(Caller caller, Integration integration, String type) {
        return activity.of(new Happening(integration.projectId(), Optional.of(caller.userId()), type,
                integration.id().toString(), Map.of("name", integration.name()), Map.of(), now()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "The project has no integration " + id + ".");
    }
}
