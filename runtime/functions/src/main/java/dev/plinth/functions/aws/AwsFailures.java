package dev.plinth.functions.aws;

import dev.plinth.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Tells a dependency that cannot answer now from a mistake of ours. A throttled, failing or unreachable service is a
 * {@link Failure} of kind {@code UNAVAILABLE}; a denied action, an unknown table or an invalid call stays the
 * exception it is, because repeating the request would not help the caller.
 */
public final class AwsFailures {
    /** Longer than the SDK's own backoff between attempts, short enough for a caller who waits. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Reasons of a cancelled transaction (DynamoDB API reference, TransactWriteItems) that pass with time. */
    private static final Set<String> PASSING_REASONS =
            Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict");

    private static final int FIRST_SERVER_ERROR = 500;

    private AwsFailures() {
    }

    /** Returns what the call returns, and throws {@link #translate} of what the SDK throws in it. */
    public static <T> T calling(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException exception) {
            throw translate(exception);
        }
    }

    /** Returns the failure to throw: of kind {@code UNAVAILABLE}, or the exception itself when it is unexpected. */
    public static RuntimeException translate(SdkException exception) {
        if (passesWithTime(exception)) {
            return Failure.unavailable(
                    "A service that this one depends on did not answer. Try again later.", RETRY_AFTER, exception);
        }
        return exception;
    }

    private static boolean passesWithTime(SdkException exception) {
        if (exception instanceof TransactionCanceledException cancelled) {
            return cancelled.hasCancellationReasons() && cancelled.cancellationReasons().stream()
                    .anyMatch(reason -> PASSING_REASONS.contains(reason.code()));
        }
        if (exception instanceof SdkServiceException service) {
            return service.isThrottlingException()
                    || service.statusCode() >= FIRST_SERVER_ERROR
                    || service instanceof TransactionInProgressException;
        }
        return exception instanceof ApiCallTimeoutException
                || exception instanceof ApiCallAttemptTimeoutException
                || exception instanceof AbortedException
                || exception.getCause() instanceof IOException;
    }
}
