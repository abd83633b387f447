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
            Mailbox mailbox = mailbox(environment);
            Optional<String> known = Optional.ofNullable(environment.get("DEMO_OPERATOR_PASSWORD"));
            Person operator = new Person("Grace Operator", plinth.operatorEmail());
            known.ifPresent(operator::password);
            String run = UUID.randomUUID().toString().substring(0, 8);
            System.out.println("The API of stage " + stage + " is at " + plinth.api());
            Cast cast = new Cast(mailbox, run, operator, known.isPresent());
            return new Demo(Api.at(plinth.api()), mailbox, cast, new Report(System.out), Demo.contract()).play() ? 0
                    : BROKEN;
        } catch (BrokenPromise | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return NOT_STARTED;
        }
    }

    /** On the laptop the outbox is read; on AWS mail goes to a person, who is asked. */
    private static Mailbox mailbox(Map<String, String> environment) {
        String endpoint = environment.get("AWS_ENDPOINT_URL");
        if (endpoint != null) {
            return new ConsoleMailbox(URI.create(endpoint));
        }
        String owner = environment.get("DEMO_EMAIL");
        if (owner == null || owner.isEmpty()) {
            throw new IllegalArgumentException("Codes are mailed, so the demo needs a mailbox that you can read: "
                    + "make demo STAGE=dev DEMO_EMAIL=you@example.com");
        }
        return new PersonalMailbox(owner, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                System.out);
    }
}
