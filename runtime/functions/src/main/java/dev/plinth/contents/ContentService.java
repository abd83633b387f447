package dev.plinth.contents;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * What people can do with what is in a project. Each method fails with NOT_FOUND for who may not read the project, and
 * with FORBIDDEN for who may read it and not change it. Safe for use by several threads.
 */
@Singleton
class ContentService {
    private final DynamoContents contents;
    private final ProjectAccess access;
    private final TimeOrderedIds ids;
    private final Clock clock;

    ContentService(DynamoContents contents, ProjectAccess access, TimeOrderedIds ids, Clock clock) {
        this.contents = contents;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds something to a project; fails with CONFLICT when it has as many of the kind as it may have. */
    Content create(Caller caller, ContentKind kind, UUID project, String title, String text) {
        access.require(caller, project, ProjectRight.EDIT);
        UUID id = ids.next();
        ContentHead head = new ContentHead(kind, project, id, title, TimeOrderedIds.createdAt(id));
        Content content = new Content(head, text, UUID.randomUUID().toString());
        contents.add(content, caller.userId());
        return content;
    }

    Content find(Caller caller, ContentKind kind, UUID project, UUID id) {
        access.require(caller, project, ProjectRight.READ);
        return known(kind, project, id);
    }

    IdPage<ContentHead> list(Caller caller, ContentKind kind, UUID project, IdPageRequest page) {
        access.require(caller, project, ProjectRight.READ);
        return contents.list(kind, project, page);
    }

    /**
     * Replaces something. A change that changes nothing keeps the revision.
     *
     * @throws Failure STALE when it does not meet the condition, or UNAVAILABLE when too many others changed it
     *         meanwhile
     */
    Content change(Caller caller, ContentKind kind, UUID project, UUID id, RevisionCondition condition, String title,
            String text) {
        access.require(caller, project, ProjectRight.EDIT);
        return Attempts.of(() -> {
            Content before = known(kind, project, id);
            condition.require(before.revision());
            if (!before.differsFrom(title, text)) {
                return Optional.of(before);
            }
            Content after = before.with(title, text, now(), UUID.randomUUID().toString());
            return contents.replace(before, after, caller.userId()) ? Optional.of(after) : Optional.empty();
        });
    }

    /** Removes something for good; see {@link #change} for its failures. */
    void remove(Caller caller, ContentKind kind, UUID project, UUID id, RevisionCondition condition) {
        access.require(caller, project, ProjectRight.EDIT);
        Attempts.of(() -> {
            Content content = known(kind, project, id);
            condition.require(content.revision());
            return contents.remove(content, caller.userId(), now()) ? Optional.of(content) : Optional.empty();
        });
    }

    private Content known(ContentKind kind, UUID project, UUID id) {
        return contents.find(kind, project, id).orElseThrow(() -> new Failure(
                Kind.NOT_FOUND, "The project has no " + kind.word() + " " + id + "."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
