package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultDiagnosticInfoPopulator;
import io.micronaut.function.aws.DefaultLambdaContextFactory;
import io.micronaut.function.aws.DiagnosticInfoPopulator;
import io.micronaut.function.aws.LambdaContextFactory;
import jakarta.inject.Singleton;

/**
 * Takes part in each invocation where Micronaut would register the Lambda context and its parts as new singletons. They
 * are never removed, and each one empties the bean caches, so calls grow slower without end. Nothing here injects the
 * Lambda context: what a service may know of it is in the request.
 */
@Singleton
@Replaces(DefaultLambdaContextFactory.class)
final class QuietInvocations implements LambdaContextFactory {
    @Override
    public void registerSingletons(Context context) {
        // Deliberately nothing; see above.
    }

    /** The handler puts the request's id into the diagnostic context; six more fields a log line tell nothing new. */
    @Singleton
    @Replaces(DefaultDiagnosticInfoPopulator.class)
    static final class NoDiagnosticInfo implements DiagnosticInfoPopulator {
        @Override
        public void populateMappingDiagnosticContextValues(Context context) {
            // Deliberately nothing; see above.
        }

        @Override
        public void populateMappingDiagnosticContextWithXrayTraceId() {
            // Lambda writes the trace id into its own record of the invocation.
        }
    }
}
