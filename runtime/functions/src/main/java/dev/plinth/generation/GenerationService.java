package dev.plinth.generation;

import dev.plinth.contents.ProjectInputs;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.generator.GenerationInput;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.SchemaDefinition;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import dev.plinth.workspace.ProjectSummary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people can do with code generations. Safe for use by several threads. */
@Singleton
@Requires(env = "studio")
class GenerationService {
    /** An item of DynamoDB has 400 KB at most; this leaves room for the rest of it. */
    static final int MOST_SNAPSHOT = 380_000;

    private final Generations generations;
    private final Snapshots snapshots;
    private final ProjectAccess access;
    private final ProjectInputs inputs;
    private final DownloadUrls urls;
    private final TimeOrderedIds ids;
    private final Clock clock;

    GenerationService(Generations generations, Snapshots snapshots, ProjectAccess access, ProjectInputs inputs,
            DownloadUrls urls, TimeOrderedIds ids, Clock clock) {
        this.generations = generations;
        this.snapshots = snapshots;
        this.access = access;
        this.inputs = inputs;
        this.urls = urls;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Orders a generation, or returns the one that an earlier request of the caller with this key ordered, as it is
     * now. What it is generated from is kept as it is at this moment.
     *
     * @param key empty when every request is another order
     * @throws Failure NOT_FOUND or FORBIDDEN as the project's rules say, INVALID_REQUEST when the schema or the
     *                 architecture is not in the project or they do not fit together, KEY_REUSED
     */
    Creation<Generation> order(Caller caller, CreateGenerationRequest request, Optional<String> key) {
        ProjectSummary project = access.require(caller, request.projectId(), ProjectRight.EDIT);
        Order order = new Order(ids.next(), project.id(), request.schemaId(), request.architectureId(),
                caller.userId(), now());
        Optional<KeyUse<UUID>> use =
                key.map(used -> new KeyUse<>(used, fingerprint(order), order.id(), order.at()));
        // A repetition is answered also when what it was generated from has changed or is gone.
        Optional<KeyUse<UUID>> earlier = key.flatMap(used -> generations.use(caller.userId(), used, order.at()));
        if (earlier.isEmpty()) {
            earlier = generations.add(order, snapshot(project, request), use);
        }
        Creation<UUID> creation = use.isEmpty() ? new Creation<>(order.id(), false) : use.get().after(earlier);
        return new Creation<>(generations.find(creation.created()).orElseThrow(() -> unknown(creation.created())),
                creation.replayed());
    }

    /** Returns a generation, and fails with NOT_FOUND when there is none, or none that the caller may see. */
    Generation find(Caller caller, UUID id) {
        Generation generation = generations.find(id).filter(found -> !found.isExpired(now()))
                .orElseThrow(() -> unknown(id));
        requireReadable(caller, generation);
        return generation;
    }

    IdPage<Generation> list(Caller caller, UUID project, IdPageRequest page) {
        access.require(caller, project, ProjectRight.READ);
        IdPage<Generation> found = generations.ofProject(project, page);
        Instant now = now();
        return new IdPage<>(found.items().stream().filter(generation -> !generation.isExpired(now)).toList(),
                found.next());
    }

    /** Returns a URL of what was stored, and fails with CONFLICT unless the generation has succeeded. */
    DownloadUrls.DownloadUrl downloadUrl(Caller caller, UUID id, Artifact artifact) {
        Generation generation = find(caller, id);
        if (generation.status() != GenerationStatus.SUCCEEDED) {
            throw new Failure(Kind.CONFLICT, "The generation is " + generation.status()
                    + "; there is something to download when it is SUCCEEDED.");
        }
        return urls.of(generation.projectId(), id, artifact);
    }

    /** Says of somebody else's generation what is said of none, and not to which project it belongs. */
    private void requireReadable(Caller caller, Generation generation) {
        try {
            access.require(caller, generation.projectId(), ProjectRight.READ);
        } catch (Failure failure) {
            throw failure.kind() == Kind.NOT_FOUND ? unknown(generation.id()) : failure;
        }
    }

    private byte[] snapshot(ProjectSummary project, CreateGenerationRequest request) {
        SchemaDefinition schema = inputs.schema(project.id(), request.schemaId())
                .orElseThrow(() -> absent("/schemaId", "schema"));
        ArchitectureDefinition architecture = inputs.architecture(project.id(), request.architectureId())
                .orElseThrow(() -> absent("/architectureId", "architecture"));
        byte[] snapshot = snapshots.write(
                new GenerationInput(project.name(), schema, architecture, inputs.settings(project.id())));
        if (snapshot.length > MOST_SNAPSHOT) {
            throw Failure.invalid(Violation.Place.BODY, "/schemaId",
                    "names a schema that is too large to be generated together with this architecture: "
                            + snapshot.length + " bytes compressed, of at most " + MOST_SNAPSHOT);
        }
        return snapshot;
    }

    private static Failure absent(String pointer, String what) {
        return Failure.invalid(Violation.Place.BODY, pointer, "names no " + what + " of the project");
    }

    private static String fingerprint(Order order) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(order.projectId().toString(),
                order.schemaId().toString(), order.architectureId().toString())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no code generation " + id + " that you may see.");
    }
}
