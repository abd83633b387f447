package dev.plinth.local.schedule;

import dev.plinth.local.lambda.FunctionPool;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A rule with one function as its target.
 *
 * @param name      of the rule
 * @param enabled   whether the clock fires it; by hand it can be fired either way
 * @param input     the event; empty for the one that EventBridge makes of the rule and the time
 * @param mayInvoke whether the function's resource policy lets the rule call it
 */
public record Schedule(String name, String arn, Duration rate, boolean enabled, FunctionPool function,
                       Optional<String> input, BooleanSupplier mayInvoke) {
}
