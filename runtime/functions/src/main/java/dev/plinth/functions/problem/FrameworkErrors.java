package dev.plinth.functions.problem;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.function.aws.proxy.ApiGatewayServletRequest.EmptyBodyException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers what the framework refuses by itself: no route, no such method, a parameter that cannot be read. The
 * framework's own answer would be a HAL body with the parser's message in it. Here its messages are dropped, and only
 * the status, the headers that belong to it and the name of the parameter are kept.
 */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class FrameworkErrors implements ErrorResponseProcessor<Problem> {
    private final Problems problems;

    FrameworkErrors(Problems problems) {
        this.problems = problems;
    }

    @Override
    public MutableHttpResponse<Problem> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        MutableHttpResponse<Problem> answer = answer(context, response.status());
        response.getHeaders().forEachValue((name, value) -> {
            if (name.equalsIgnoreCase(HttpHeaders.ALLOW)) {
                answer.header(HttpHeaders.ALLOW, sorted(value));
            } else if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                answer.header(name, value);
            }
        });
        return context.getRequest().getMethod() == HttpMethod.HEAD ? answer.body(null) : answer;
    }

    private static String sorted(String methods) {
        return Arrays.stream(methods.split(",")).map(String::trim).sorted().collect(Collectors.joining(", "));
    }

    private MutableHttpResponse<Problem> answer(ErrorContext context, HttpStatus status) {
        String requestId = Problems.requestId(context.getRequest());
        if (status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            return problems.answer(ProblemType.INTERNAL, requestId);
        }
        return context.getRootCause().flatMap(FrameworkErrors::unreadable)
                .map(failure -> problems.answer(failure, requestId))
                .orElseGet(() -> problems.answer(
                        ProblemType.of(status).orElse(ProblemType.INVALID_REQUEST), requestId));
    }

    private static Optional<Failure> unreadable(Throwable cause) {
        if (cause instanceof UnsatisfiedRouteException unsatisfied) {
            return Optional.of(unreadable(unsatisfied.getArgument(), "is required"));
        } else if (cause instanceof ConversionErrorException conversion) {
            return Optional.of(unreadable(conversion.getArgument(), expectation(conversion.getArgument())));
        } else if (cause instanceof CodecException) {
            return Optional.of(cause.getCause() instanceof EmptyBodyException
                    ? new Failure(Kind.MALFORMED_BODY, "The body is empty.")
                    : new Failure(Kind.MALFORMED_BODY, ProblemType.MALFORMED_BODY.detail()));
        }
        return Optional.empty();
    }

    private static Failure unreadable(Argument<?> argument, String detail) {
        AnnotationMetadata annotations = argument.getAnnotationMetadata();
        if (annotations.hasAnnotation(Body.class)) {
            return new Failure(Kind.MALFORMED_BODY, ProblemType.MALFORMED_BODY.detail());
        }
        if (annotations.hasAnnotation(Header.class)) {
            String name = annotations.stringValue(Header.class).orElse(argument.getName());
            return Failure.invalid(Place.HEADER, name, detail);
        } else if (annotations.hasAnnotation(PathVariable.class)) {
            String name = annotations.stringValue(PathVariable.class).orElse(argument.getName());
            return Failure.invalid(Place.PATH, name, detail);
        }
        String name = annotations.stringValue(QueryValue.class).orElse(argument.getName());
        return Failure.invalid(Place.QUERY, name, detail);
    }

    private static String expectation(Argument<?> argument) {
        Class<?> type = argument.getWrapperType();
        if (type.isEnum()) {
            return "must be one of " + Arrays.stream(type.getEnumConstants()).map(Object::toString)
                    .collect(Collectors.joining(", "));
        }
        return Number.class.isAssignableFrom(type) ? "must be a number in range" : "has the wrong form";
    }
}
