package dev.plinth.stacks;

import dev.plinth.contract.StackId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What differs between one deployment of the system and another. Whatever is not here is the same in every stage.
 *
 * @param name          lower case, part of every stack's name
 * @param disposable    true when the stage may be deleted with all that it holds; otherwise state is retained, and
 *                      tables and stacks are protected against deletion
 * @param logRetention  how long logs are kept
 * @param corsOrigins   the origins whose pages may call the API; empty answers no cross-origin request
 * @param throttle      what the API accepts from all callers together
 * @param memory        of each function, in MiB; Lambda gives processor time in proportion
 * @param thresholds    where alarms start
 * @param alarmTopicArn the SNS topic that alarms notify; without one they only change state
 */
record Stage(
        String name,
        boolean disposable,
        RetentionDays logRetention,
        List<String> corsOrigins,
        Throttle throttle,
        int memory,
        Thresholds thresholds,
        Optional<String> alarmTopicArn) {

    static final String NAME_KEY = "stage";
    static final String CORS_ORIGINS_KEY = "corsOrigins";
    static final String ALARM_TOPIC_KEY = "alarmTopicArn";

    /** Scheme, host and port, as a browser sends them. */
    private static final String ORIGIN = "https://[a-z0-9.-]+(:\\d{1,5})?";

    /** A page that its developer serves; plain HTTP never leaves the machine. */
    private static final String LOCAL_ORIGIN = "http://localhost:\\d{1,5}";

    private static final String TOPIC_ARN = "arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}";

    private static final List<Stage> KNOWN = List.of(
            new Stage("dev", true, RetentionDays.ONE_WEEK,
                    List.of("http://localhost:3000", "http://localhost:5173", "http://localhost:8080"),
                    new Throttle(50, 100), 1024, new Thresholds(5, Duration.seconds(3)), Optional.empty()),
            new Stage("staging", false, RetentionDays.ONE_MONTH, List.of(),
                    new Throttle(100, 200), 1024, new Thresholds(1, Duration.seconds(1)), Optional.empty()),
            new Stage("prod", false, RetentionDays.ONE_YEAR, List.of(),
                    new Throttle(500, 1000), 1024, new Thresholds(1, Duration.seconds(1)), Optional.empty()));

    /**
     * Limits of the API over all its callers.
     *
     * @param rate  requests in a second, sustained
     * @param burst requests at once
     */
    record Throttle(int rate, int burst) {
        Throttle {
            if (rate < 1 || burst < rate) {
                throw new InvalidInputException("A throttle needs a rate of 1 or more and a burst not below it.");
            }
        }
    }

    /**
     * Where alarms start, in periods of five minutes.
     *
     * @param failures failed requests in one period
     * @param p99      the duration that one request in a hundred may exceed
     */
    record Thresholds(int failures, Duration p99) {
        Thresholds {
            if (failures < 1) {
                throw new InvalidInputException("An alarm on fewer than 1 failure is always on.");
            }
        }
    }

    Stage {
        corsOrigins = List.copyOf(corsOrigins);
        String origin = disposable ? LOCAL_ORIGIN + "|" + ORIGIN : ORIGIN;
        for (String each : corsOrigins) {
            if (!each.matches(origin)) {
                throw new InvalidInputException("'" + each + "' is no CORS origin for stage " + name
                        + ": write https://host without a path, separated by commas.");
            }
        }
        alarmTopicArn.filter(arn -> !arn.matches(TOPIC_ARN)).ifPresent(arn -> {
            throw new InvalidInputException("'" + arn + "' is no ARN of an SNS topic.");
        });
    }

    /**
     * Returns the stage that the context chooses; dev when it names none.
     *
     * @param context gives the value of a key of {@code -c key=value}, null when it is absent
     */
    static Stage chosenBy(UnaryOperator<String> context) {
        String name = Optional.ofNullable(context.apply(NAME_KEY)).orElse("dev");
        Stage known = named(name);
        return new Stage(known.name, known.disposable, known.logRetention,
                Optional.ofNullable(context.apply(CORS_ORIGINS_KEY))
                        .map(origins -> Arrays.asList(origins.split(",", -1))).orElse(known.corsOrigins),
                known.throttle, known.memory, known.thresholds,
                Optional.ofNullable(context.apply(ALARM_TOPIC_KEY)).or(known::alarmTopicArn));
    }

    private static Stage named(String name) {
        return KNOWN.stream().filter(stage -> stage.name.equals(name)).findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "There is no stage '" + name + "': choose one by -c stage=" + String.join("|", names())));
    }

    static List<String> names() {
        return KNOWN.stream().map(Stage::name).toList();
    }

    String stackName(StackId stack) {
        return stack.nameIn(name);
    }

    /** What becomes of state and logs when their stack is deleted or their resource is replaced. */
    RemovalPolicy removalPolicy() {
        return disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    }
}
