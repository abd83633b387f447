package dev.plinth.local.secrets;

import dev.plinth.local.secrets.Version.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The secrets of the laptop's cloud. Thread-safe. */
public final class Secrets {
    private static final String SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SecureRandom random = new SecureRandom();
    private final String arnPrefix;
    private final Clock clock;
    private final Optional<SecretsFile> file;
    private final Map<String, Secret> byName = new LinkedHashMap<>();

    private Secrets(String arnPrefix, Clock clock, Optional<SecretsFile> file) {
        this.arnPrefix = arnPrefix;
        this.clock = clock;
        this.file = file;
    }

    /** @param arnPrefix what the ARN of each secret starts with, up to and including {@code secret:} */
    public static Secrets inMemory(String arnPrefix, Clock clock) {
        return new Secrets(arnPrefix, clock, Optional.empty());
    }

    /** Opens the secrets that a file keeps, and keeps every change in it. Only its owner may read the file. */
    public static Secrets in(Path path, String arnPrefix, Clock clock) throws IOException {
        SecretsFile file = new SecretsFile(path);
        Secrets secrets = new Secrets(arnPrefix, clock, Optional.of(file));
        file.read().forEach(secret -> secrets.byName.put(secret.name(), secret));
        return secrets;
    }

    /** What a template makes a secret's value from. */
    public interface Origin {
        /** Returns a digest by which a changed template is told from an unchanged one. */
        String digest();

        Value value();
    }

    /** A secret as others see it, without its values. */
    public record View(String name, String arn, Optional<String> description, Instant created, Instant changed,
                       Optional<Rotation> rotation, Optional<Instant> rotated, List<Version> versions) {
        /** Returns when the next rotation is due; empty for a secret without one. */
        public Optional<Instant> nextRotation() {
            return rotation.map(rules -> rotated.orElse(created).plus(rules.every()));
        }
    }

    /**
     * Creates a secret of text, for example a JSON document.
     *
     * @return its ARN. A secret of this name that was kept stays as it is, with its value.
     */
    public synchronized String create(String name, String text) {
        Secret known = byName.get(name);
        return known != null ? known.arn() : add(name, Value.text(text)).arn();
    }

    /**
     * Creates a secret that a template defines, or brings a kept one to what the template says now: when the origin of
     * its value has changed, it gets a new version, and otherwise keeps the one it has.
     *
     * @param origin empty for a secret that is made without a value
     * @return its ARN
     */
    public synchronized String define(String name, Optional<String> description, Optional<Origin> origin) {
        Secret secret = byName.computeIfAbsent(name, this::empty);
        secret.describe(description);
        Optional<String> digest = origin.map(Origin::digest);
        if (origin.isPresent() && !secret.origin().equals(digest)) {
            secret.put(UUID.randomUUID().toString(), origin.get().value(), Set.of(Secret.CURRENT), clock.instant());
        }
        secret.madeFrom(digest);
        keep();
        return secret.arn();
    }

    private Secret add(String name, Value value) {
        Secret secret = empty(name);
        secret.put(UUID.randomUUID().toString(), value, Set.of(Secret.CURRENT), clock.instant());
        byName.put(name, secret);
        keep();
        return secret;
    }

    private Secret empty(String name) {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return new Secret(name, arnPrefix + name + "-" + suffix, clock.instant());
    }

    /**
     * Returns the ARN that a policy has to allow for a secret.
     *
     * @param id its name, its ARN, or its ARN without the six letters at the end; known or not
     */
    public synchronized String arnOf(String id) {
        return find(id).map(Secret::arn).orElse(id.startsWith("arn:") ? id : arnPrefix + id);
    }

    /** Returns the secret's rotation function, if it has one. */
    public synchronized Optional<String> rotationFunction(String id) {
        return find(id).flatMap(Secret::rotation).map(Rotation::functionArn);
    }

    public synchronized View view(String id) {
        return view(require(id));
    }

    public synchronized List<View> views() {
        return byName.values().stream().map(Secrets::view).toList();
    }

    private static View view(Secret secret) {
        return new View(secret.name(), secret.arn(), secret.description(), secret.created(), secret.changed(),
                secret.rotation(), secret.rotated(), secret.versions());
    }

    /** Returns the text of the secret's current version. */
    public String currentText(String id) {
        return read(id, Optional.empty(), Optional.empty()).value().orElseThrow().content();
    }

    /**
     * Returns a version with its value: of the given id, of the given stage, of both at once, or the current one.
     *
     * @throws SecretsException if there is none, or it has no value yet
     */
    public synchronized Version read(String id, Optional<String> versionId, Optional<String> stage) {
        Secret secret = require(id);
        String label = stage.orElse(Secret.CURRENT);
        Optional<Version> found = versionId.map(secret::version).orElseGet(() -> secret.labelled(label));
        if (versionId.isPresent() && stage.isPresent() && found.isPresent() && !found.get().stages().contains(label)) {
            throw SecretsException.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return found.filter(version -> version.value().isPresent()).orElseThrow(() -> SecretsException.notFound(
                "Secrets Manager can't find the specified secret value for "
                        + versionId.map(wanted -> "VersionId: " + wanted).orElse("staging label: " + label)));
    }

    /** Stores a value in a version; see Secrets Manager's PutSecretValue. Returns the version. */
    public synchronized Version put(String id, String versionId, Value value, Set<String> stages) {
        Secret secret = require(id);
        secret.put(versionId, value, stages.isEmpty() ? Set.of(Secret.CURRENT) : stages, clock.instant());
        keep();
        return secret.version(versionId).orElseThrow();
    }

    /** Moves or removes a label; see Secrets Manager's UpdateSecretVersionStage. */
    public synchronized void moveStage(String id, String stage, Optional<String> to, Optional<String> from) {
        Secret secret = require(id);
        Optional<String> holder = secret.labelled(stage).map(Version::id);
        if (to.isPresent() && secret.version(to.get()).isEmpty()) {
            throw SecretsException.notFound("Secrets Manager can't find the specified secret version: " + to.get());
        }
        if (holder.isPresent() && !holder.equals(to) && !holder.equals(from)) {
            throw SecretsException.invalidParameter("The parameter RemoveFromVersionId can't be empty or another one. "
                    + "Staging label " + stage + " is currently attached to version " + holder.get()
                    + ", so you must explicitly reference that version in RemoveFromVersionId.");
        }
        if (to.isEmpty() && stage.equals(Secret.CURRENT)) {
            throw SecretsException.invalidParameter("You can't remove the staging label AWSCURRENT, only move it.");
        }
        to.ifPresentOrElse(version -> secret.move(stage, version, clock.instant()), () -> secret.unlabel(stage));
        keep();
    }

    /** Says how a secret is rotated, from now on. */
    public synchronized void schedule(String id, Rotation rules) {
        require(id).rotateBy(rules);
    }

    /**
     * Names the version that a rotation makes and labels it {@code AWSPENDING}. The one that an unfinished rotation
     * left is taken up again.
     *
     * @return the version's id, which is the rotation's ClientRequestToken
     */
    synchronized String beginRotation(String id) {
        Secret secret = require(id);
        Optional<Version> unfinished = secret.labelled(Secret.PENDING)
                .filter(pending -> !pending.stages().contains(Secret.CURRENT));
        if (unfinished.isPresent()) {
            return unfinished.get().id();
        }
        String version = UUID.randomUUID().toString();
        secret.announce(version, clock.instant());
        keep();
        return version;
    }

    /** Ends a rotation: true, and noted as a success, when its version has become the current one. */
    synchronized boolean endRotation(String id, String version) {
        Secret secret = require(id);
        boolean current = secret.labelled(Secret.CURRENT).map(Version::id).filter(version::equals).isPresent();
        if (current) {
            secret.rotated(Optional.of(clock.instant()));
            keep();
        }
        return current;
    }

    private Secret require(String id) {
        return find(id).orElseThrow(() ->
                SecretsException.notFound("Secrets Manager can't find the specified secret."));
    }

    private Optional<Secret> find(String id) {
        return byName.values().stream()
                .filter(secret -> secret.name().equals(id) || secret.arn().equals(id)
                        || id.startsWith(arnPrefix) && id.equals(arnPrefix + secret.name()))
                .findFirst();
    }

    private void keep() {
        file.ifPresent(kept -> {
            try {
                kept.write(byName.values());
            } catch (IOException e) {
                throw new UncheckedIOException("The secrets cannot be kept", e);
            }
        });
    }
}
