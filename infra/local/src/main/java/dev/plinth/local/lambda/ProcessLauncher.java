package dev.plinth.local.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts the processes of functions: the JVM, its flags and the environment.
 *
 * @param endpoint    URL of the door, given as {@code AWS_ENDPOINT_URL}
 * @param region      of every resource
 * @param credentials of the functions' roles
 * @param client      which client of the Runtime API the process runs
 * @param processFlags flags of the JVM by which a process knows the laptop, such as whom it trusts
 */
record ProcessLauncher(String endpoint, String region, RoleCredentials credentials, RuntimeClientKind client,
                       List<String> processFlags) {
    /** Lambda's own choice for managed Java runtimes: C1 only, and a collector without threads of its own. */
    static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    Process launch(FunctionDefinition function, FunctionCode code, List<String> archiveFlags, String runtimeApi)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-Xmx" + function.memory() + "m");
        command.addAll(archiveFlags);
        command.addAll(processFlags);
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.add("-cp");
        command.add(code.classPath());
        command.addAll(client.command(function.handler()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(code.directory().toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String systemRoot = environment.get("SystemRoot");
        environment.clear();
        if (systemRoot != null) {
            // Windows opens no socket without it.
            environment.put("SystemRoot", systemRoot);
        }
        environment.putAll(variables(function, runtimeApi));
        return builder.start();
    }

    private Map<String, String> variables(FunctionDefinition function, String runtimeApi) {
        RoleCredentials.Credentials role = credentials.of(function.roleName());
        Map<String, String> variables = new TreeMap<>(function.environment());
        variables.put("AWS_ENDPOINT_URL", endpoint);
        variables.put("AWS_REGION", region);
        variables.put("AWS_DEFAULT_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", role.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", role.secretAccessKey());
        variables.put("AWS_SESSION_TOKEN", role.sessionToken());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory()));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "laptop");
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand");
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("_HANDLER", function.handler());
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        return variables;
    }
}
