package dev.plinth.functions.problem;

import dev.plinth.failure.Failure;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers what a service throws on purpose. */
@Singleton
final class FailureHandler implements ExceptionHandler<Failure, HttpResponse<Problem>> {
    private final Problems problems;

    FailureHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<Problem> handle(HttpRequest request, Failure failure) {
        return problems.answer(failure, Problems.requestId(request));
    }
}
