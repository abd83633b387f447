package dev.plinth.generation;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Factory
@Requires(env = "studio")
final class PresignerBean {

    /** Signs for the endpoint that the client calls, which the process's environment may name. */
    @Singleton
    @Bean(preDestroy = "close")
    S3Presigner presigner(S3Client s3, AwsCredentialsProvider credentials) {
        return S3Presigner.builder()
                .s3Client(s3)
                .credentialsProvider(credentials)
                .region(new SystemSettingsRegionProvider().getRegion())
                .build();
    }
}
