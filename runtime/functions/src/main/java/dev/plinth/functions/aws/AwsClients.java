package dev.plinth.functions.aws;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Region, credentials and endpoint come from the process's environment, where Lambda puts them. Nothing is taken from
 * profile files: a function has none, and on a laptop a developer's own must not decide what a function does. A client
 * is made when a bean of the service asks for it, so a function loads none that it does not use.
 */
@Factory
public final class AwsClients {
    /** Names the DynamoDB client that asks once and does not wait long, for what a request can be answered without. */
    public static final String ONE_ATTEMPT = "one-attempt";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    /** Three attempts fit only when the first ones fail fast; the caller's own timeout is what this protects. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    /** What one step of a call waits for that a request can be answered without. */
    private static final Duration SHORT_WAIT = Duration.ofMillis(250);

    @Singleton
    @Bean(preDestroy = "close")
    SdkHttpClient httpClient() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
    }

    /** The container provider is last, but it is the one that answers in a function restored from a snapshot. */
    @Singleton
    AwsCredentialsProvider credentials() {
        return AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                ContainerCredentialsProvider.create());
    }

    @Primary
    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient dynamoDb(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(DynamoDbClient.builder(), httpClient, credentials).build();
    }

    /** Connections are kept by the JVM, not by a client, so both use the same ones. */
    @Named(ONE_ATTEMPT)
    @Singleton
    @Bean(preDestroy = "close")
    DynamoDbClient impatientDynamoDb(AwsCredentialsProvider credentials) {
        return bounded(DynamoDbClient.builder(), credentials, AwsRetryStrategy.doNotRetry())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(SHORT_WAIT)
                        .socketTimeout(SHORT_WAIT))
                .build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    SqsClient sqs(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(SqsClient.builder(), httpClient, credentials).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    SecretsManagerClient secretsManager(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(SecretsManagerClient.builder(), httpClient, credentials).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    SesV2Client ses(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(SesV2Client.builder(), httpClient, credentials).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    S3Client s3(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        S3ClientBuilder client = bounded(S3Client.builder(), httpClient, credentials);
        return client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(new NoExpectation()).build()).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    SnsClient sns(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(SnsClient.builder(), httpClient, credentials).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    CloudFormationClient cloudFormation(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(CloudFormationClient.builder(), httpClient, credentials).build();
    }

    @Singleton
    @Bean(preDestroy = "close")
    CloudWatchClient cloudWatch(SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(CloudWatchClient.builder(), httpClient, credentials).build();
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B bounded(
            B client, SdkHttpClient httpClient, AwsCredentialsProvider credentials) {
        return bounded(client, credentials, AwsRetryStrategy.standardRetryStrategy()).httpClient(httpClient);
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B bounded(
            B client, AwsCredentialsProvider credentials, RetryStrategy retries) {
        return client
                .credentialsProvider(credentials)
                .region(new SystemSettingsRegionProvider().getRegion())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .retryStrategy(retries)
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .build());
    }
}
