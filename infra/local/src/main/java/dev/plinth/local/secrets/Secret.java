package dev.plinth.local.secrets;

import dev.plinth.local.secrets.Version.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One secret with its versions. Not thread-safe: its store sees to that. */
final class Secret {
    static final String CURRENT = "AWSCURRENT";
    static final String PENDING = "AWSPENDING";
    static final String PREVIOUS = "AWSPREVIOUS";

    /** Secrets Manager keeps about this many; the oldest without a label go first. */
    private static final int KEPT_VERSIONS = 100;

    private final String name;
    private final String arn;
    private final Instant created;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private Optional<String> description = Optional.empty();
    private Optional<String> origin = Optional.empty();
    private Optional<Rotation> rotation = Optional.empty();
    private Optional<Instant> rotated = Optional.empty();
    private Instant changed;

    Secret(String name, String arn, Instant created) {
        this.name = name;
        this.arn = arn;
        this.created = created;
        this.changed = created;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    Instant created() {
        return created;
    }

    Instant changed() {
        return changed;
    }

    List<Version> versions() {
        return List.copyOf(versions.values());
    }

    Optional<String> description() {
        return description;
    }

    void describe(Optional<String> text) {
        description = text;
    }

    /** Returns a digest of what the template made the value from; empty for a secret that no template made. */
    Optional<String> origin() {
        return origin;
    }

    void madeFrom(Optional<String> digest) {
        origin = digest;
    }

    Optional<Rotation> rotation() {
        return rotation;
    }

    void rotateBy(Rotation rules) {
        rotation = Optional.of(rules);
    }

    /** Returns when a rotation last succeeded. */
    Optional<Instant> rotated() {
        return rotated;
    }

    void rotated(Optional<Instant> time) {
        rotated = time;
    }

    void restore(Version version) {
        versions.put(version.id(), version);
    }

    Optional<Version> labelled(String stage) {
        return versions.values().stream().filter(version -> version.stages().contains(stage)).findFirst();
    }

    Optional<Version> version(String id) {
        return Optional.ofNullable(versions.get(id));
    }

    /** Names the version that a rotation is about to make. */
    void announce(String id, Instant now) {
        versions.put(id, new Version(id, now, Optional.empty(), new TreeSet<>()));
        move(PENDING, id, now);
    }

    /** Stores a value; a request that is sent again changes nothing, and another value under the same id is refused. */
    void put(String id, Value value, Set<String> stages, Instant now) {
        Version known = versions.get(id);
        if (known != null && known.value().isPresent() && !known.value().get().equals(value)) {
            throw SecretsException.exists("A resource with the ID you requested already exists.");
        }
        versions.put(id, known == null
                ? new Version(id, now, Optional.of(value), new TreeSet<>()) : known.with(value));
        stages.forEach(stage -> move(stage, id, now));
        changed = now;
        forgetOldOnes();
    }

    /** Moves a label to a version. What was current becomes the previous one. */
    void move(String stage, String id, Instant now) {
        Optional<Version> holder = labelled(stage);
        if (holder.isPresent() && holder.get().id().equals(id)) {
            return;
        }
        holder.ifPresent(from -> versions.put(from.id(), from.without(stage)));
        versions.put(id, versions.get(id).labelled(stage));
        if (stage.equals(CURRENT) && holder.isPresent()) {
            unlabel(PREVIOUS);
            String before = holder.get().id();
            versions.put(before, versions.get(before).labelled(PREVIOUS));
        }
        changed = now;
    }

    void unlabel(String stage) {
        labelled(stage).ifPresent(from -> versions.put(from.id(), from.without(stage)));
    }

    private void forgetOldOnes() {
        List<Version> unused = new ArrayList<>(versions.values().stream()
                .filter(version -> version.stages().isEmpty()).sorted(Comparator.comparing(Version::created)).toList());
        while (versions.size() > KEPT_VERSIONS && !unused.isEmpty()) {
            versions.remove(unused.remove(0).id());
        }
    }
}
