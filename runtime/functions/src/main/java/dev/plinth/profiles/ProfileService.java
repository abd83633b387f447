package dev.plinth.profiles;

import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.http.RevisionCondition;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What people can do with their own profiles. Safe for use by several threads. */
@Singleton
@Requires(env = "studio")
class ProfileService {
    private final DynamoProfiles profiles;
    private final Clock clock;

    ProfileService(DynamoProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.clock = clock;
    }

    Profile find(UUID user) {
        return profiles.find(user);
    }

    /**
     * Replaces what a person says of themselves. A change that changes nothing keeps the revision.
     *
     * @throws dev.plinth.failure.Failure STALE when the profile does not meet the condition, or UNAVAILABLE when too
     *         many others changed it meanwhile
     */
    Profile change(UUID user, RevisionCondition condition, ProfileRequest request) {
        return Attempts.of(() -> {
            Profile before = profiles.find(user);
            condition.require(before.revision());
            Profile after = before.with(Optional.ofNullable(request.name()), Optional.ofNullable(request.about()),
                    before.revision());
            if (after.equals(before)) {
                return Optional.of(before);
            }
            Profile changed = after.with(after.name(), after.about(), UUID.randomUUID().toString());
            return profiles.replace(before, changed, clock.instant()) ? Optional.of(changed) : Optional.empty();
        });
    }
}
