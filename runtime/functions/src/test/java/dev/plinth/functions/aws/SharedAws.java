package dev.plinth.functions.aws;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.http.SdkHttpClient;

/** Lets the functions of one test send to the same queues and topic. */
@Factory
@Requires(env = SharedAws.ENVIRONMENT)
public final class SharedAws {
    public static final String ENVIRONMENT = "shared-aws";
    public static final MortalAws AWS = new MortalAws();

    @Singleton
    @Primary
    SdkHttpClient http() {
        return AWS;
    }
}
