package dev.plinth.local.lambda;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what the event says: {@code COMMAND ARGUMENT}, or, for an HTTP event, answers the bytes of its base64 body. */
public class ObedientHandler implements RequestStreamHandler {
    private static final Pattern BINARY_BODY = Pattern.compile("\"body\":\"([A-Za-z0-9+/=]*)\",\"isBase64Encoded\":true");
    private static final long NANOS_OF_PATIENCE = 20_000_000_000L;

    private final List<String> hooks = new ArrayList<>();

    /** Registered resources are held weakly. */
    private final List<Resource> resources = List.of(new Noting("first"), new Noting("second"));

    public ObedientHandler() {
        resources.forEach(Core.getGlobalContext()::register);
    }

    /** A handler whose class cannot be made an object of. */
    public static final class Broken extends ObedientHandler {
        public Broken() {
            throw new IllegalStateException("no table name");
        }
    }

    /** A handler that ends its process before it is ready. */
    public static final class Quitter extends ObedientHandler {
        public Quitter() {
            System.exit(7);
        }
    }

    /**
     * An authorizer, and the function behind its route. As the former it does what the identity source says: {@code answer}
     * with a result in base64, {@code admit} with the event as its context, or any order. As the latter it answers with the
     * event that it got.
     */
    public static final class Gatekeeper extends ObedientHandler {
        private static final Pattern IDENTITY = Pattern.compile(
                "^\\{\"version\":\"2.0\",\"type\":\"REQUEST\".*?\"identitySource\":\\[\"([^\"]*)\"");

        @Override
        byte[] answer(String event, com.amazonaws.services.lambda.runtime.Context context) throws IOException {
            Matcher identity = IDENTITY.matcher(event);
            if (!identity.find()) {
                return bytes("{\"statusCode\":200,\"body\":\"" + Base64.getEncoder().encodeToString(bytes(event))
                        + "\",\"isBase64Encoded\":true}");
            }
            String[] order = identity.group(1).split(" ", 2);
            return switch (order[0]) {
                case "answer" -> Base64.getDecoder().decode(order[1]);
                case "admit" -> bytes("{\"isAuthorized\":true,\"context\":{\"event\":" + event + ",\"count\":1}}");
                default -> obey(order, context);
            };
        }
    }

    /**
     * A worker behind a queue. It does what the body of each message says, one after the other: {@code note FILE} adds a
     * line with the message's id to the file, {@code keep FILE} writes the whole event there, {@code fail FILE} notes it
     * and fails the message, and the rest are the usual orders. What it answers names the messages that failed.
     */
    public static final class Worker extends ObedientHandler {
        private static final Pattern RECORD =
                Pattern.compile("\\{\"messageId\":\"([^\"]*)\".*?\"body\":\"([^\"]*)\"");

        @Override
        byte[] answer(String event, com.amazonaws.services.lambda.runtime.Context context) throws IOException {
            List<String> failed = new ArrayList<>();
            Matcher record = RECORD.matcher(event);
            while (record.find()) {
                String[] order = record.group(2).split(" ", 2);
                switch (order[0]) {
                    case "note" -> note(order[1], record.group(1));
                    case "keep" -> note(order[1], event);
                    case "fail" -> {
                        note(order[1], record.group(1));
                        failed.add("{\"itemIdentifier\":\"" + record.group(1) + "\"}");
                    }
                    case "answer" -> {
                        return Base64.getDecoder().decode(order[1]);
                    }
                    default -> obey(order, context);
                }
            }
            return bytes("{\"batchItemFailures\":[" + String.join(",", failed) + "]}");
        }

        private static void note(String file, String line) throws IOException {
            Files.writeString(Path.of(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Keeps the last event in the file kept.json of its working directory; another event than JSON is an order. */
    public static final class Keeper extends ObedientHandler {
        @Override
        byte[] answer(String event, com.amazonaws.services.lambda.runtime.Context context) throws IOException {
            if (!event.startsWith("{")) {
                return super.answer(event, context);
            }
            Files.writeString(Path.of("kept.json"), event);
            return bytes("null");
        }
    }

    private final class Noting implements Resource {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void beforeCheckpoint(Context<? extends Resource> context) {
            hooks.add("checkpoint " + name);
        }

        @Override
        public void afterRestore(Context<? extends Resource> context) {
            hooks.add("restore " + name);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, com.amazonaws.services.lambda.runtime.Context context)
            throws IOException {
        output.write(answer(new String(input.readAllBytes(), StandardCharsets.UTF_8), context));
    }

    byte[] answer(String event, com.amazonaws.services.lambda.runtime.Context context) throws IOException {
        Matcher body = BINARY_BODY.matcher(event);
        return body.find() ? Base64.getDecoder().decode(body.group(1)) : obey(event.split(" ", 2), context);
    }

    final byte[] obey(String[] order, com.amazonaws.services.lambda.runtime.Context context) throws IOException {
        return switch (order[0]) {
            case "echo" -> bytes(order[1]);
            case "hooks" -> bytes(String.join(", ", hooks));
            case "environment" -> bytes(new TreeMap<>(System.getenv()).toString());
            case "context" -> bytes(context.getFunctionName() + " " + context.getInvokedFunctionArn() + " "
                    + context.getMemoryLimitInMB() + " " + (context.getRemainingTimeInMillis() > 0));
            case "process" -> bytes(Long.toString(ProcessHandle.current().pid()));
            case "print" -> print(order[1]);
            case "many" -> manyBytes(Integer.parseInt(order[1]));
            case "await" -> await(Path.of(order[1]));
            case "throw" -> throw new IllegalArgumentException(order[1]);
            case "overflow" -> throw new StackOverflowError(order[1]);
            case "exit" -> exit(Integer.parseInt(order[1]));
            default -> bytes(String.join(" ", order));
        };
    }

    private static byte[] print(String text) {
        System.out.println(text);
        return bytes("printed");
    }

    private static byte[] manyBytes(int count) {
        byte[] many = new byte[count];
        Arrays.fill(many, (byte) 'x');
        return many;
    }

    private static byte[] exit(int status) {
        System.exit(status);
        return new byte[0];
    }

    /** Says that it waits by a file of that name with .busy behind it, and returns when the file exists. */
    private static byte[] await(Path file) throws IOException {
        Files.createFile(Path.of(file + ".busy"));
        long end = System.nanoTime() + NANOS_OF_PATIENCE;
        while (!Files.exists(file)) {
            if (System.nanoTime() > end) {
                throw new IOException(file + " did not appear");
            }
            Thread.onSpinWait();
        }
        return bytes("seen");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
