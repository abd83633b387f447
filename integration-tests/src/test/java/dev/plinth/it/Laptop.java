package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.TableSchema;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A laptop cloud in a process of its own, started as a person would and known by the file {@code env} that it writes.
 * It ends with this JVM, whatever happens to it.
 */
final class Laptop implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("plinth.root", "..")).toAbsolutePath().normalize();
    static final Path ASSEMBLY = ROOT.resolve("cdk.out");

    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Pattern VARIABLE = Pattern.compile("export ([A-Z0-9_]+)='(.*)'");

    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Pattern TOKEN = Pattern.compile("(?<=[?&]Token=)[A-Za-z0-9]+");

    private final Process process;
    private final Path work;
    private final Path log;

    private Laptop(Process process, Path work, Path log) {
        this.process = process;
        this.work = work;
        this.log = log;
    }

    /** Starts a cloud and waits until it serves; fails with its output if it ends instead. */
    static Laptop start(String name, Path assembly, String... flags) {
        Laptop laptop = launch(name, assembly, flags);
        Await.until("the laptop's cloud serves, " + laptop.log, LONGEST_START, () -> {
            if (!laptop.process.isAlive()) {
                throw new AssertionError("The laptop's cloud ended:\n" + laptop.output());
            }
            return Files.exists(laptop.work.resolve("env"));
        });
        return laptop;
    }

    /** Starts a cloud and does not wait. */
    static Laptop launch(String name, Path assembly, String... flags) {
        Path target = ROOT.resolve("integration-tests/target/clouds").resolve(name);
        Path log = target.resolve("cloud.log");
        try {
            Files.createDirectories(target);
            Files.deleteIfExists(target.resolve("env"));
            Path classPath = ROOT.resolve("infra/local/target/classpath.txt");
            if (!Files.exists(classPath) || !Files.exists(assembly.resolve("manifest.json"))) {
                throw new IllegalStateException("Nothing is built or synthesised in " + ROOT + ". Run: make test");
            }
            // The class archives of the checkout serve every cloud of the tests.
            linkArchives(target);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", ROOT.resolve("infra/local/target/local-1.0.0.jar") + File.pathSeparator
                            + Files.readString(classPath).strip(),
                    "dev.plinth.local.Main", "run", "--with-parent",
                    "--assembly", assembly.toString(), "--work", target.toString()));
            command.addAll(Arrays.asList(flags));
            Process process = new ProcessBuilder(command).directory(ROOT.toFile())
                    .redirectErrorStream(true).redirectOutput(log.toFile()).start();
            return new Laptop(process, target, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The laptop's cloud could not be started", e);
        }
    }

    private static void linkArchives(Path target) throws IOException {
        Path functions = ROOT.resolve(".local/functions");
        Path link = target.resolve("functions");
        if (Files.isDirectory(functions) && !Files.exists(link)) {
            Files.createSymbolicLink(link, functions);
        }
    }

    /** Returns the variables of the file {@code env}. */
    Map<String, String> variables() {
        try {
            Map<String, String> variables = new HashMap<>();
            for (String line : Files.readAllLines(work.resolve("env"))) {
                Matcher variable = VARIABLE.matcher(line);
                if (variable.matches()) {
                    variables.put(variable.group(1), variable.group(2));
                }
            }
            return variables;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** Orders a fault for coming SDK calls; the fields are those of the console's {@code POST faults}. */
    void orderFault(String json) {
        Answer answer = console("POST", "faults", Optional.of(json));
        if (answer.status() != 201) {
            throw new AssertionError("The console refused the fault: " + answer);
        }
    }

    void clearFaults() {
        console("DELETE", "faults", Optional.empty());
    }

    /** Kills the processes of every function; returns how many there were. */
    int killFunctions() {
        int killed = 0;
        for (JsonNode function : state().path("functions")) {
            killed += console("POST", "functions/" + function.path("name").asText() + "/kill", Optional.empty())
                    .json().path("killed").asInt();
        }
        return killed;
    }

    /** Returns the items of a partition as DynamoDB writes them, read as the operator of the laptop's cloud. */
    JsonNode items(Setting table, TableSchema schema, String partition) {
        Answer answer = asOperator("dynamodb", "/", """
                {"TableName": "%s", "ConsistentRead": true, "KeyConditionExpression": "#partition = :partition",
                 "ExpressionAttributeNames": {"#partition": "%s"},
                 "ExpressionAttributeValues": {":partition": {"S": "%s"}}}"""
                .formatted(variables().get(table.variable()), schema.key().partition(), partition),
                "X-Amz-Target", "DynamoDB_20120810.Query");
        return answer.json().path("Items");
    }

    /** Returns the items of a partition of one of the studio's tables. */
    JsonNode items(StudioTable table, String partition) {
        return items(table.setting(), table.schema(), partition);
    }

    /** Returns how many connections each user of a database has had at once, at most. */
    Map<String, Integer> peakConnections() {
        Map<String, Integer> peaks = new TreeMap<>();
        for (JsonNode engine : state().path("engines")) {
            engine.path("connections").forEach(user -> peaks.put(user.path("user").asText(), user.path("peak").asInt()));
        }
        return peaks;
    }

    private Answer asOperator(String service, String path, String body, String... headers) {
        HttpRequest.Builder request = signed(service, path).setHeader("Content-Type", headers.length > 0 ? "application/x-amz-json-1.0" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return done(service + " " + body, Answer.to(request.build()));
    }

    private HttpRequest.Builder signed(String service, String path) {
        Map<String, String> variables = variables();
        return HttpRequest.newBuilder(URI.create(variables.get("AWS_ENDPOINT_URL") + path))
                // The laptop's cloud goes by the access key; signatures in headers are not verified.
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + variables.get("AWS_ACCESS_KEY_ID") + "/20260101/"
                        + variables.get("AWS_REGION") + "/" + service + "/aws4_request");
    }

    private static Answer done(String what, Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("Refused: " + what + ": " + answer);
        }
        return answer;
    }

    /** Returns the keys of the artifacts that begin with a prefix, read as the operator of the laptop's cloud. */
    List<String> artifacts(String prefix) {
        String path = "/" + variables().get(Setting.ARTIFACTS_BUCKET_NAME.variable()) + "?list-type=2&prefix="
                + URLEncoder.encode(prefix, StandardCharsets.UTF_8);
        String found = done(path, Answer.to(signed("s3", path)
                .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD").GET().build())).body();
        return KEY.matcher(found).results().map(key -> key.group(1)).toList();
    }

    /** Sends a mail as the operator of the laptop's cloud. The texts must need no escape in JSON. */
    void sendMail(String from, String to, String subject, String text) {
        asOperator("ses", "/v2/email/outbound-emails", """
                {"FromEmailAddress": "%s", "Destination": {"ToAddresses": ["%s"]},
                 "Content": {"Simple": {"Subject": {"Data": "%s"}, "Body": {"Text": {"Data": "%s"}}}}}"""
                .formatted(from, to, subject, text));
    }

    /** Sends a message to a queue as the operator of the laptop's cloud. */
    void send(String queueUrl, String body) {
        asOperator("sqs", "/", JSON.createObjectNode().put("QueueUrl", queueUrl).put("MessageBody", body).toString(),
                "X-Amz-Target", "AmazonSQS.SendMessage");
    }

    /** Returns how many messages a service's queue holds, whether somebody has them in hand or they wait. */
    int messages(Service consumer) {
        String name = "plinth-dev-" + consumer.environment();
        for (JsonNode queue : state().path("queues")) {
            if (queue.path("name").asText().equals(name)) {
                return queue.path("waiting").asInt() + queue.path("inFlight").asInt() + queue.path("delayed").asInt();
            }
        }
        throw new AssertionError("No queue " + name);
    }

    /** Returns the URL of a webhook that the laptop's cloud receives itself. */
    String webhookUrl(String name) {
        return variables().get("AWS_ENDPOINT_URL") + "/_plinth/webhooks/" + name;
    }

    /** Returns what came to a webhook: requests with {@code headers} and {@code body}. */
    JsonNode webhookRequests(String name) {
        return console("GET", "webhooks.json?name=" + name, Optional.empty()).json();
    }

    /** Returns the texts to a phone, the latest first. */
    JsonNode texts(String phone) {
        return console("GET", "sms?to=" + URLEncoder.encode(phone, StandardCharsets.UTF_8), Optional.empty()).json();
    }

    /** Rotates a secret and waits for it. */
    void rotate(String secret) {
        Answer answer = console("POST", "secrets/rotate", Optional.of("{\"secret\": \"" + secret + "\"}"));
        if (answer.status() != 200) {
            throw new AssertionError("Not rotated: " + answer);
        }
    }

    /** Waits for the latest mail to a recipient and returns the code in it. */
    String mailedCode(String recipient) {
        return mailed("code", CODE, recipient);
    }

    /** Waits for the latest mail that asks a recipient to confirm a subscription and returns the token in it. */
    String mailedToken(String recipient) {
        return mailed("token", TOKEN, recipient);
    }

    private String mailed(String what, Pattern pattern, String recipient) {
        AtomicReference<String> found = new AtomicReference<>();
        Await.until("a " + what + " is mailed to " + recipient, LONGEST_START, () -> {
            for (JsonNode mail : mail(recipient)) {
                Matcher matcher = pattern.matcher(mail.path("text").asText());
                if (matcher.find()) {
                    found.set(matcher.group());
                    return true;
                }
            }
            return false;
        });
        return found.get();
    }

    /** Returns the mail to a recipient, the latest first. */
    JsonNode mail(String recipient) {
        return console("GET", "mail?to=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8), Optional.empty()).json();
    }

    /** Stops or starts a database: {@code postgresql} or {@code redis}. */
    void engine(String name, String action) {
        Answer answer = console("POST", "engines/" + action, Optional.of("{\"engine\": \"" + name + "\"}"));
        if (answer.status() != 200) {
            throw new AssertionError("Not done: " + answer);
        }
    }

    /** Runs what is scheduled at once, and waits for it. */
    void fireSchedules() {
        for (JsonNode schedule : state().path("schedules")) {
            console("POST", "schedules/fire", Optional.of("{\"schedule\": \"" + schedule.path("name").asText() + "\"}"));
        }
    }

    /** Returns how many processes a service's function has. */
    int processes(Service service) {
        return function(service).path("processes").size();
    }

    /** Returns what the console knows of a service's function. */
    JsonNode function(Service service) {
        for (JsonNode function : state().path("functions")) {
            if (function.path("path").asText().endsWith("Runtime/" + service.environment() + "/Function/Resource")) {
                return function;
            }
        }
        throw new AssertionError("No function of " + service);
    }

    /** Kills the processes of one service's function; returns how many there were. */
    int kill(Service service) {
        return console("POST", "functions/" + function(service).path("name").asText() + "/kill", Optional.empty())
                .json().path("killed").asInt();
    }

    JsonNode state() {
        return console("GET", "state.json", Optional.empty()).json();
    }

    private Answer console(String method, String path, Optional<String> body) {
        return Answer.to(HttpRequest.newBuilder(URI.create(variables().get("AWS_ENDPOINT_URL") + "/_plinth/" + path))
                .header("Content-Type", "application/json")
                .method(method, body.map(HttpRequest.BodyPublishers::ofString).orElse(HttpRequest.BodyPublishers.noBody())).build());
    }

    /** Ends the cloud in order, by closing its standard input, and waits for its end. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The laptop's cloud did not end within 20 s:\n" + output());
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
