package dev.plinth.demo;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The command of {@code make demo}. Its one argument is the stage; everything else is in the environment. */
public final class Main {
    private static final int BROKEN = 1;
    private static final int NOT_STARTED = 2;

    private Main() {
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments.length > 0 ? arguments[0] : "dev", System.getenv()));
    }

    private static int run(String stage, Map<String, String> environment) {
        try {
            Plinth plinth = Plinth.of(stage);
            Inbox inbox = inbox(environment);
            Optional<String> known = Optional.ofNullable(environment.get("DEMO_OPERATOR_PASSWORD"));
            Person operator = new Person("Grace Operator", plinth.operatorEmail());
            known.ifPresent(operator::password);
            String run = UUID.randomUUID().toString().substring(0, 8);
            System.out.println("The API of stage " + stage + " is at " + plinth.api());
            Cast cast = new Cast(inbox, run, operator, known.isPresent());
            return new Demo(Api.at(plinth.api()), inbox, Downloads.overHttp(), cast, new Report(System.out), Demo.contract()).play() ? 0
                    : BROKEN;
        } catch (BrokenPromise | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return NOT_STARTED;
        }
    }

    /** On the laptop the outboxes are read; on AWS what is sent goes to a person, who is asked. */
    private static Inbox inbox(Map<String, String> environment) {
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            return new ConsoleInbox(URI.create(endpoint));
        }
        if (environment.getOrDefault("DEMO_EMAIL", "").isEmpty()) {
            throw new IllegalArgumentException("The system writes to people, so the demo needs a mailbox, a phone and a"
                    + " webhook whose messages you can read: make demo STAGE=dev DEMO_EMAIL=you@example.com"
                    + " DEMO_PHONE=+14155550100 DEMO_WEBHOOK=https://hooks.example.com/you");
        }
        return new PersonalInbox(environment.get("DEMO_EMAIL"), environment.get("DEMO_PHONE"),
                environment.get("DEMO_WEBHOOK"),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out);
    }
}
