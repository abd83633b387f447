package dev.plinth.generation;

import dev.plinth.functions.aws.MortalAws;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.http.SdkHttpClient;

/** Lets the functions of one test send to the same queues and topic. */
@Factory
@Requires(env = SharedAws.ENVIRONMENT)
final class SharedAws {
    static final String ENVIRONMENT = "shared-aws";
    static final MortalAws AWS = new MortalAws();

    @Singleton
    @Primary
    SdkHttpClient http() {
        return AWS;
    }
}
