package dev.plinth.workspace;

import dev.plinth.functions.aws.FaultyHttp;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What stands in for others in tests of the workspace. */
@Factory
@Requires(env = StudioDoubles.ENVIRONMENT)
final class StudioDoubles {

    static final String ENVIRONMENT = "studio-doubles";

    /** Deployments that are live when a test says so. */
    static final class KnownDeployments implements Deployments {
        final Set<UUID> live = ConcurrentHashMap.newKeySet();

        @Override
        public Set<UUID> live(Set<UUID> deployments) {
            Set<UUID> found = new HashSet<>(deployments);
            found.retainAll(live);
            return found;
        }

        @Override
        public void delete(UUID actor, UUID deployment) {
            throw new UnsupportedOperationException("The studio deletes no deployment with its project");
        }
    }

    @Singleton
    @Primary
    KnownDeployments deployments() {
        return new KnownDeployments();
    }

    @Singleton
    @Primary
    FaultyHttp http() {
        return new FaultyHttp();
    }
}
