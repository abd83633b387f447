package dev.plinth.local.lambda;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/** The functions of the laptop's cloud, by ARN. */
public final class Lambda implements Closeable {
    private final Options options;
    private final ProcessLauncher launcher;
    private final RuntimeApi api;
    private final BiConsumer<String, String> log;
    /** Functions are found while others are still added: custom resources run during the deployment. */
    private final Map<String, FunctionPool> pools = new ConcurrentSkipListMap<>();
    /** By jar: to read and compare the one jar of all functions takes longer than to start one. */
    private final Map<Path, FunctionCode> codes = new ConcurrentHashMap<>();

    /**
     * How functions run.
     *
     * @param store       directory for code and class archives, kept between runs
     * @param runtimeJars what a process needs besides the function's jar
     * @param processes   the largest number of processes of one function
     * @param client      which client of the Runtime API the processes run
     * @param processFlags flags of the JVM by which a process knows the laptop, such as whom it trusts
     */
    public record Options(Path store, List<Path> runtimeJars, int processes, RuntimeClientKind client,
                          List<String> processFlags) {
        /** Makes options for functions that meet no gate. */
        public Options(Path store, List<Path> runtimeJars, int processes, RuntimeClientKind client) {
            this(store, runtimeJars, processes, client, List.of());
        }
    }

    /** @param log takes a function's name and a line of its output */
    public Lambda(Options options, String endpoint, String region, RoleCredentials credentials, BiConsumer<String, String> log)
            throws IOException {
        this.options = options;
        this.launcher = new ProcessLauncher(endpoint, region, credentials, options.client(), options.processFlags());
        this.log = log;
        this.api = RuntimeApi.start();
    }

    public void add(FunctionDefinition function) {
        FunctionCode code = codes.computeIfAbsent(function.code(), jar -> {
            List<Path> sources = new ArrayList<>();
            sources.add(jar);
            sources.addAll(options.runtimeJars());
            return FunctionCode.in(options.store(), sources);
        });
        pools.put(function.arn(), new FunctionPool(function, code, api, launcher, options.processes(),
                line -> log.accept(shortName(function), line)));
    }

    /** Returns the construct's path within its stack, for example {@code orders/Function}. */
    private static String shortName(FunctionDefinition function) {
        return function.constructPath().replaceFirst("^[^/]+/", "").replaceFirst("/Resource$", "");
    }

    /** Returns the function of an ARN, with or without a version or alias behind it. */
    public Optional<FunctionPool> find(String arn) {
        return pools.entrySet().stream()
                .filter(entry -> arn.equals(entry.getKey()) || arn.startsWith(entry.getKey() + ":"))
                .map(Map.Entry::getValue).findFirst();
    }

    public Collection<FunctionPool> functions() {
        return pools.values();
    }

    @Override
    public void close() throws IOException {
        pools.values().parallelStream().forEach(FunctionPool::close);
        api.close();
    }
}
