package dev.plinth.functions.limits;

import dev.plinth.functions.checkpoint.Priming;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Primes the rate limiter, which the requests of the rehearsal go past. */
@Singleton
@Requires(condition = CountsRequests.class)
final class RateLimiterPriming implements Priming {
    private final RateLimiter limiter;

    RateLimiterPriming(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public void prime() {
        limiter.prime();
    }
}
