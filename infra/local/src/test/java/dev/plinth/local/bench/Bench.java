package dev.plinth.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.cloud.LaptopCloud;
import dev.plinth.local.cloud.Progress;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.Outcome;
import dev.plinth.local.lambda.RuntimeClientKind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures and prints. Arguments: the repository's root. The bare handler runs from the same jar, in the same kind of
 * process, against the same door and table, and its calls alternate with the measured ones.
 */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STARTS = 7;
    private static final int CALLS = 20_000;
    private static final int EDGE = 1_000;
    private static final int LIMITER_ROUNDS = 5;

    /** After so many the rate limiter asks no more for a while. */
    private static final int SILENT_COUNTS = 3;

    /** So many that none of them reaches the limit of a route within a minute. */
    private static final int CALLERS = 100;

    private final Path root;
    private final Path work;
    private String door;
    private final List<String[]> rows = new ArrayList<>();

    private Bench(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.work = this.root.resolve("infra/local/target/bench");
        Files.createDirectories(work);
    }

    public static void main(String[] arguments) {
        try {
            Bench bench = new Bench(Path.of(arguments[0]));
            bench.functions();
            bench.sizes();
            bench.synthesis();
            bench.firstAnswer();
            bench.print();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        // DynamoDB Local leaves threads behind that would keep this program alive.
        System.exit(0);
    }

    private void functions() throws Exception {
        PrintStream quiet = new PrintStream(Files.newOutputStream(work.resolve("cloud.log")), true, StandardCharsets.UTF_8);
        LaptopCloud.Options options = new LaptopCloud.Options(root.resolve("cdk.out"), work, Optional.empty(), 0, 0, 1,
                "us-east-1", RuntimeClientKind.LAMBDA);
        try (LaptopCloud cloud = LaptopCloud.start(options, new Progress(quiet))) {
            Lambda lambda = cloud.lambda();
            door = door(cloud.shellVariables().lines());
            FunctionDefinition orders = lambda.functions().stream().map(FunctionPool::function)
                    .filter(function -> function.environment().containsKey("ORDERS_TABLE_NAME")).findFirst().orElseThrow();
            FunctionDefinition bare = variant(orders, "bare", withBareHandler(orders.code()), BareHandler.class.getName());
            FunctionDefinition unprimed = variant(orders, "unprimed", orders.code(), orders.handler());
            String id = createOrder(lambda.find(orders.arn()).orElseThrow());
            byte[][] gets = new byte[CALLERS][];
            for (int i = 0; i < CALLERS; i++) {
                gets[i] = event(caller(i), "GET", "/orders/{id}", "/orders/" + id, null);
            }
            byte[] get = gets[0];

            Start bareStart = starts(lambda, bare, get);
            Start unprimedStart = starts(lambda, unprimed, get);
            Start primedStart = starts(lambda, orders, get);
            String startFrom = "median of " + STARTS + " starts, Lambda's runtime client, no class archive";
            row("Start to ready, bare handler", ms(bareStart.ready()), startFrom);
            row("Start to ready, orders on demand", ratio(unprimedStart.ready(), bareStart.ready()), startFrom);
            row("Start to first answer, bare handler", ms(bareStart.total()), startFrom);
            row("Start to first answer, orders on demand", ratio(unprimedStart.total(), bareStart.total()), startFrom);
            row("First answer after restore, bare on demand", ms(bareStart.first()), startFrom + "; what the bare one pays unprimed");
            row("First answer after restore, orders", ratio(primedStart.first(), bareStart.first()),
                    startFrom + "; checkpoint hooks ran, restore is simulated");

            warm(lambda, orders, bare, gets);
            worker(lambda);
        }
    }

    /** The generation worker is started by its queue; here it is started alone, ready for a message. */
    private void worker(Lambda lambda) throws Exception {
        FunctionDefinition worker = lambda.functions().stream().map(FunctionPool::function)
                .filter(function -> "generation-worker".equals(function.environment().get("MICRONAUT_ENVIRONMENTS")))
                .findFirst().orElseThrow();
        double[] ready = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            lambda.add(worker);
            FunctionPool pool = lambda.find(worker.arn()).orElseThrow();
            ready[i] = pool.startAhead().toNanos() / 1e6;
            pool.killAll();
        }
        row("Start to ready, generation worker", ms(median(ready)), "median of " + STARTS
                + " starts, Lambda's runtime client, no class archive, checkpoint hooks ran");
    }

    private static FunctionDefinition variant(FunctionDefinition of, String name, Path code, String handler) {
        return new FunctionDefinition(name, of.arn() + "-" + name, name, code, handler, of.memory(), of.timeout(),
                of.environment(), of.roleName(), false, Optional.empty());
    }

    /** Returns a copy of the jar that holds the bare handler as well, so that both load the SDK from the same kind of jar. */
    private Path withBareHandler(Path jar) throws IOException {
        Path copy = work.resolve("bare.jar");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        String name = BareHandler.class.getName().replace('.', '/') + ".class";
        try (FileSystem zip = FileSystems.newFileSystem(copy);
                InputStream type = Bench.class.getClassLoader().getResourceAsStream(name)) {
            Files.createDirectories(zip.getPath(name).getParent());
            Files.copy(type, zip.getPath(name));
        }
        return copy;
    }

    /** Milliseconds: from the process's start until it asks for an event, and from that event to its answer. */
    private record Start(double ready, double first) {
        double total() {
            return ready + first;
        }
    }

    private static Start starts(Lambda lambda, FunctionDefinition function, byte[] event) throws Exception {
        double[] ready = new double[STARTS];
        double[] first = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            lambda.add(function);
            FunctionPool pool = lambda.find(function.arn()).orElseThrow();
            ready[i] = pool.startAhead().toNanos() / 1e6;
            first[i] = timed(pool, event);
            pool.killAll();
        }
        return new Start(median(ready), median(first));
    }

    private void warm(Lambda lambda, FunctionDefinition orders, FunctionDefinition bare, byte[][] events)
            throws Exception {
        lambda.add(orders);
        lambda.add(bare);
        FunctionPool ordersPool = lambda.find(orders.arn()).orElseThrow();
        FunctionPool barePool = lambda.find(bare.arn()).orElseThrow();
        double[] ordersTimes = new double[CALLS];
        double[] bareTimes = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            bareTimes[i] = timed(barePool, events[i % CALLERS]);
            ordersTimes[i] = timed(ordersPool, events[i % CALLERS]);
        }
        String from = CALLS + " calls of each, in turn, event in to answer out, through the door to DynamoDB Local";
        row("Warm p50, bare handler", ms(quantile(bareTimes, .5)), from);
        row("Warm p50, orders", ratio(quantile(ordersTimes, .5), quantile(bareTimes, .5))
                + ", " + ms(quantile(ordersTimes, .5) - quantile(bareTimes, .5)) + " more", from);
        row("Warm p99, bare handler", ms(quantile(bareTimes, .99)), from);
        row("Warm p99, orders", ratio(quantile(ordersTimes, .99), quantile(bareTimes, .99)), from);
        double[] early = Arrays.copyOfRange(ordersTimes, EDGE, 2 * EDGE);
        double[] late = Arrays.copyOfRange(ordersTimes, CALLS - EDGE, CALLS);
        row("Last " + EDGE + " calls against calls " + EDGE + " to " + 2 * EDGE + ", orders",
                ratio(quantile(late, .5), quantile(early, .5)), "p50 of each thousand; growth would show here");
        row("Memory after them, bare handler", rss(barePool), "resident set of the process, ps");
        row("Memory after them, orders", rss(ordersPool), "resident set of the process, ps");
        barePool.killAll();
        limiter(ordersPool, events);
        ordersPool.killAll();
    }

    /**
     * Compares calls that are counted with calls that are not, in turn: after three counts that were not answered, the
     * rate limiter lets reads pass uncounted for two seconds.
     */
    private void limiter(FunctionPool pool, byte[][] events) throws Exception {
        List<Double> counted = new ArrayList<>();
        List<Double> uncounted = new ArrayList<>();
        for (int round = 0; round < LIMITER_ROUNDS; round++) {
            orderSilence();
            for (int i = 0; i < SILENT_COUNTS; i++) {
                timed(pool, events[i]);
            }
            measureFor(Duration.ofMillis(1500), pool, events, uncounted);
            // The breaker asks again after its two seconds; until then calls are neither the one nor the other.
            measureFor(Duration.ofMillis(1500), pool, events, new ArrayList<>());
            measureFor(Duration.ofMillis(1500), pool, events, counted);
        }
        double with = quantile(counted.stream().mapToDouble(Double::doubleValue).toArray(), .5);
        double without = quantile(uncounted.stream().mapToDouble(Double::doubleValue).toArray(), .5);
        row("Rate limiter, cost of a request at p50", ms(with - without), "%s counted against %s uncounted, %d and %d calls"
                .formatted(ms(with), ms(without), counted.size(), uncounted.size()));
    }

    private static void measureFor(Duration time, FunctionPool pool, byte[][] events, List<Double> times)
            throws InterruptedException {
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end;) {
            times.add(timed(pool, events[times.size() % CALLERS]));
        }
    }

    private void orderSilence() throws Exception {
        HttpResponse<String> ordered = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(door + "/_plinth/faults")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"operation\": \"dynamodb:UpdateItem\", \"delayMillis\": 1500,"
                        + " \"times\": " + SILENT_COUNTS + "}")).build(), HttpResponse.BodyHandlers.ofString());
        require(ordered.statusCode() == 201, "the order of a fault, " + ordered.body());
    }

    private static double timed(FunctionPool pool, byte[] event) throws InterruptedException {
        long started = System.nanoTime();
        Outcome outcome = pool.invoke(event);
        double millis = (System.nanoTime() - started) / 1e6;
        if (!(outcome instanceof Outcome.Answered answered)
                || !new String(answered.payload(), StandardCharsets.UTF_8).contains("\"statusCode\":200")) {
            throw new IllegalStateException("A measured call failed: " + outcome);
        }
        return millis;
    }

    private static String createOrder(FunctionPool pool) throws Exception {
        Outcome outcome = pool.invoke(event(caller(0), "POST", "/orders", "/orders", """
                {"customerName":"Ada","customerEmail":"ada@example.com","productName":"Engine","quantity":1,
                "unitPrice":{"amount":"1.00","currency":"EUR"}}"""));
        pool.killAll();
        if (outcome instanceof Outcome.Answered answered) {
            JsonNode answer = JSON.readTree(answered.payload());
            return JSON.readTree(answer.path("body").asText()).path("id").asText();
        }
        throw new IllegalStateException("The order was not created: " + outcome);
    }

    /** Staff, who may read an order that is not their own. */
    private static String caller(int number) {
        return new UUID(0x1000L, number).toString();
    }

    private static byte[] event(String caller, String method, String route, String path, String body) throws IOException {
        var event = JSON.createObjectNode().put("version", "2.0").put("routeKey", method + " " + route)
                .put("rawPath", path).put("rawQueryString", "");
        event.putObject("headers").put("content-type", "application/json").put("host", "bench.test");
        var context = event.putObject("requestContext");
        context.put("requestId", "bench").put("stage", "$default").put("timeEpoch", 0);
        context.putObject("http").put("method", method).put("path", path).put("protocol", "HTTP/1.1").put("sourceIp", "127.0.0.1");
        context.putObject("authorizer").putObject("lambda")
                .put("userId", caller).put("sessionId", "bench").put("role", "STAFF");
        if (body != null) {
            event.put("body", body);
        }
        return JSON.writeValueAsBytes(event.put("isBase64Encoded", false));
    }

    private void sizes() throws IOException {
        Path jar = root.resolve("runtime/functions/target/functions-1.0.0-lambda.jar");
        row("Lambda jar", "%.1f MB".formatted(Files.size(jar) / 1e6), "functions-1.0.0-lambda.jar; at most 25 MB");
    }

    private void synthesis() throws Exception {
        double[] times = new double[3];
        for (int i = 0; i < times.length; i++) {
            long started = System.nanoTime();
            ProcessBuilder builder = new ProcessBuilder("sh", "infra/stacks/app.sh").directory(root.toFile())
                    .redirectErrorStream(true).redirectOutput(work.resolve("synth.log").toFile());
            builder.environment().put("CDK_OUTDIR", work.resolve("cdk.out").toString());
            builder.environment().put("CDK_CONTEXT_JSON", JSON.readTree(root.resolve("cdk.json").toFile()).path("context").toString());
            require(builder.start().waitFor() == 0, "synthesis");
            times[i] = (System.nanoTime() - started) / 1e6;
        }
        row("Synthesis of one stage", ms(median(times)), "median of 3, the app of cdk.json without the CDK's own validation");
    }

    /** From the command to the first answered request, with a new laptop cloud each time. */
    private void firstAnswer() throws Exception {
        double[] times = new double[3];
        double[] ready = new double[3];
        for (int i = 0; i < times.length; i++) {
            Path run = work.resolve("run");
            Files.createDirectories(run);
            Files.deleteIfExists(run.resolve("env"));
            if (!Files.exists(run.resolve("functions"))) {
                Files.createSymbolicLink(run.resolve("functions"), root.resolve(".local/functions"));
            }
            long started = System.nanoTime();
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                    root.resolve("infra/local/target/local-1.0.0.jar") + File.pathSeparator
                            + Files.readString(root.resolve("infra/local/target/classpath.txt")).strip(),
                    "dev.plinth.local.Main", "run", "--with-parent", "--assembly", root.resolve("cdk.out").toString(),
                    "--work", run.toString()).redirectErrorStream(true).start();
            String apiUrl = readApiUrl(process.inputReader());
            HttpResponse<String> answer = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(apiUrl + "/orders/health/check")).build(), HttpResponse.BodyHandlers.ofString());
            times[i] = (System.nanoTime() - started) / 1e6;
            require(answer.statusCode() == 200, "the first request, " + answer.body());
            ready[i] = processStart(run);
            process.outputWriter().close();
            require(process.waitFor(20, TimeUnit.SECONDS), "the end of the laptop's cloud");
        }
        row("make run, from built to first answer", ms(median(times)), "median of 3, the java command of make run, then a health check");
        row("Function process to ready on the laptop", ms(median(ready)), "in those runs: class archive, checkpoint hooks included");
    }

    private static String readApiUrl(BufferedReader output) throws IOException {
        String url = null;
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(".ApiUrl = ")) {
                url = line.substring(line.indexOf("= ") + 2);
            }
            if (line.contains("Ready.")) {
                Thread drain = new Thread(() -> output.lines().forEach(ignored -> { }), "drain");
                drain.setDaemon(true);
                drain.start();
                return url;
            }
        }
        throw new IOException("The laptop's cloud ended before it was ready");
    }

    private static String door(Stream<String> variables) {
        return variables.filter(line -> line.contains("AWS_ENDPOINT_URL"))
                .findFirst().orElseThrow().split("'")[1];
    }

    private static double processStart(Path run) throws Exception {
        String state = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(door(Files.readAllLines(run.resolve("env")).stream()) + "/_plinth/state.json")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(state).path("functions").get(0).path("processes").get(0).path("startMillis").asDouble();
    }

    private static String rss(FunctionPool pool) throws Exception {
        long pid = pool.view().processes().get(0).pid();
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return Long.parseLong(kibibytes) / 1024 + " MiB";
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("This went wrong, so there are no figures: " + what);
        }
    }

    private static double median(double[] values) {
        return quantile(values, .5);
    }

    private static double quantile(double[] values, double q) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
    }

    private static String ms(double millis) {
        return (millis < 10 ? "%.2f ms" : "%.0f ms").formatted(millis);
    }

    private static String ratio(double value, double base) {
        return "%s (%.2f x)".formatted(ms(value), value / base);
    }

    private void row(String what, String value, String from) {
        rows.add(new String[] {what, value, from});
        System.err.println("  measured: " + what);
    }

    private void print() {
        System.out.printf("%nJDK %s, %d processors, %s%n%n", Runtime.version(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"));
        int what = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        int value = rows.stream().mapToInt(row -> row[1].length()).max().orElse(0);
        rows.forEach(row -> System.out.printf("%-" + what + "s  %" + value + "s   %s%n", row[0], row[1], row[2]));
    }
}
