package dev.plinth.local.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A function as its template defines it.
 *
 * @param name          physical name
 * @param arn           ARN without a qualifier
 * @param constructPath where the CDK code defines it
 * @param code          the jar of the function's asset
 * @param handler       the handler's class
 * @param memory        in MiB; the process gets it as its largest heap
 * @param timeout       after which an invocation is ended together with its process
 * @param environment   the template's variables, and nothing else
 * @param roleName      the role whose credentials the process gets
 * @param snapStart     whether the checkpoint's hooks are called before the first event
 */
public record FunctionDefinition(
        String name,
        String arn,
        String constructPath,
        Path code,
        String handler,
        int memory,
        Duration timeout,
        Map<String, String> environment,
        String roleName,
        boolean snapStart,
        Optional<Integer> reservedConcurrency) {
}
