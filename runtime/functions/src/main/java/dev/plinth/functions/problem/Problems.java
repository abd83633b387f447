package dev.plinth.functions.problem;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers of failures, and logs once those that someone must look into. */
@Singleton
public final class Problems {
    /** The header, in requests as they reach a controller and in answers, that holds the request's id. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** RFC 6750, section 3: who sent no token is told no error; who sent one that has ended is told to refresh it. */
    private static final String CHALLENGE = "Bearer";
    private static final String ENDED = "Bearer error=\"invalid_token\"";

    /** Said when a failure that time may heal does not know better. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final int KIB = 1024;

    /** Returns the answer to a request that met a failure. */
    public MutableHttpResponse<Problem> answer(Failure failure, String requestId) {
        ProblemType type = ProblemType.of(failure.kind());
        MutableHttpResponse<Problem> answer =
                answer(Problem.of(type, failure.detail(), failure.violations(), requestId), type);
        if (failure.kind() == Kind.UNAUTHENTICATED || failure.kind() == Kind.TOKEN_ENDED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, failure.kind() == Kind.TOKEN_ENDED ? ENDED : CHALLENGE);
        }
        if (failure.kind() == Kind.UNAVAILABLE) {
            LOG.atWarn().setCause(failure).log("dependency unavailable");
        }
        if (failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.TOO_MANY) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(failure.retryAfter().orElse(RETRY_AFTER)));
        }
        return answer;
    }

    /** Returns the answer to a request that met an error nobody foresaw. Nothing of the error is in it. */
    public MutableHttpResponse<Problem> unexpected(Throwable error, String requestId) {
        LOG.atError().setCause(error).log("request failed");
        return answer(ProblemType.INTERNAL, requestId);
    }

    /** Returns the answer to a request whose body has more bytes than the service takes. */
    public MutableHttpResponse<Problem> tooLarge(int maxBodyBytes, String requestId) {
        ProblemType type = ProblemType.TOO_LARGE;
        String detail = "The body is larger than " + maxBodyBytes / KIB + " KiB.";
        return answer(Problem.of(type, detail, List.of(), requestId), type);
    }

    /** Returns the answer that a problem has when there is nothing more to say about this request. */
    public MutableHttpResponse<Problem> answer(ProblemType type, String requestId) {
        return answer(Problem.of(type, type.detail(), List.of(), requestId), type);
    }

    private static MutableHttpResponse<Problem> answer(Problem problem, ProblemType type) {
        return HttpResponse.<Problem>status(type.httpStatus())
                .contentType(MediaType.of(Problem.MEDIA_TYPE))
                .body(problem);
    }

    static String requestId(HttpRequest<?> request) {
        return request.getHeaders().get(REQUEST_ID, String.class, "unknown");
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
