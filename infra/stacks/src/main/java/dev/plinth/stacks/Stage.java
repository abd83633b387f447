package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 *                      databases, tables and stacks are protected against deletion
 * @param logRetention  how long logs are kept
 * @param corsOrigins   the origins whose pages may call the API; empty answers no cross-origin request
 * @param sizes         how much it gets of what is paid for by size
 * @param thresholds    where alarms start
 * @param alarmTopicArn the SNS topic that alarms notify; without one they only change state
 * @param mail          the addresses that the system writes from and looks for
 */
record Stage(
        String name,
        boolean disposable,
        RetentionDays logRetention,
        List<String> corsOrigins,
        Sizes sizes,
        Thresholds thresholds,
        Optional<String> alarmTopicArn,
        Mail mail) {

    static final String NAME_KEY = "stage";
    static final String CORS_ORIGINS_KEY = "corsOrigins";
    static final String ALARM_TOPIC_KEY = "alarmTopicArn";
    static final String MAIL_SENDER_KEY = "mailSender";
    static final String OPERATOR_EMAIL_KEY = "operatorEmail";

    /** Scheme, host and port, as a browser sends them. */
    private static final String ORIGIN = "https://[a-z0-9.-]+(:\\d{1,5})?";

    /** A page that its developer serves; plain HTTP never leaves the machine. */
    private static final String LOCAL_ORIGIN = "http://localhost:\\d{1,5}";

    private static final String TOPIC_ARN = "arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}";

    private static final String EMAIL_ADDRESS = "[A-Za-z0-9._%+-]{1,64}@[a-z0-9-]+(\\.[a-z0-9-]+)+";

    /** What a name of a stage stands for; the context gives the rest. */
    private enum Known {
        DEV(true, RetentionDays.ONE_WEEK,
                List.of("http://localhost:3000", "http://localhost:5173", "http://localhost:8080"),
                new Sizes(2, 1,
                        new Sizes.Database("db.t4g.micro", false, 20, 50, 3, 70),
                        new Sizes.Cache("cache.t4g.micro", 1, 0),
                        concurrency(10, 5, 2), 2),
                new Thresholds(5, Duration.seconds(3))),
        STAGING(false, RetentionDays.ONE_MONTH, List.of(),
                new Sizes(2, 2,
                        new Sizes.Database("db.t4g.medium", true, 20, 100, 14, 200),
                        new Sizes.Cache("cache.t4g.small", 2, 7),
                        concurrency(40, 20, 5), 5),
                new Thresholds(1, Duration.seconds(1))),
        PROD(false, RetentionDays.ONE_YEAR, List.of(),
                new Sizes(3, 3,
                        new Sizes.Database("db.m7g.large", true, 50, 500, 35, 500),
                        new Sizes.Cache("cache.m7g.large", 3, 14),
                        concurrency(120, 60, 10), 10),
                new Thresholds(1, Duration.seconds(1)));

        private final boolean disposable;
        private final RetentionDays logRetention;
        private final List<String> corsOrigins;
        private final Sizes sizes;
        private final Thresholds thresholds;

        Known(boolean disposable, RetentionDays logRetention, List<String> corsOrigins, Sizes sizes,
                Thresholds thresholds) {
            this.disposable = disposable;
            this.logRetention = logRetention;
            this.corsOrigins = corsOrigins;
            this.sizes = sizes;
            this.thresholds = thresholds;
        }

        // One relay a minute and one migration at a time are enough for any stage.
        private static Map<Service, Integer> concurrency(int identity, int dashboard, int worker) {
            return Map.of(Service.IDENTITY, identity, Service.DASHBOARD, dashboard, Service.IDENTITY_WORKER, worker,
                    Service.OUTBOX_RELAY, 1, Service.MIGRATIONS, 1);
        }

        private String stageName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Addresses of e-mail.
     *
     * @param sender   what mail comes from; SES has to have verified it
     * @param operator whoever proves that this one is theirs becomes an operator
     */
    record Mail(String sender, String operator) {
        Mail {
            requireAddress(MAIL_SENDER_KEY, sender);
            requireAddress(OPERATOR_EMAIL_KEY, operator);
        }

        private static void requireAddress(String key, String address) {
            if (address == null || address.length() > 254 || !address.matches(EMAIL_ADDRESS)) {
                throw new InvalidInputException((address == null ? "There is no " + key
                        : "'" + address + "' is no e-mail address") + ": give one by -c " + key + "=name@domain.");
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
        Known known = named(Optional.ofNullable(context.apply(NAME_KEY)).orElse("dev"));
        return new Stage(known.stageName(), known.disposable, known.logRetention,
                Optional.ofNullable(context.apply(CORS_ORIGINS_KEY))
                        .map(origins -> Arrays.asList(origins.split(",", -1))).orElse(known.corsOrigins),
                known.sizes, known.thresholds, Optional.ofNullable(context.apply(ALARM_TOPIC_KEY)),
                new Mail(context.apply(MAIL_SENDER_KEY), context.apply(OPERATOR_EMAIL_KEY)));
    }

    private static Known named(String name) {
        return Arrays.stream(Known.values()).filter(known -> known.stageName().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "There is no stage '" + name + "': choose one by -c stage=" + String.join("|", names())));
    }

    static List<String> names() {
        return Arrays.stream(Known.values()).map(Known::stageName).toList();
    }

    /** Returns the prefix of the few physical names that a stage has to choose, for example {@code plinth-dev}. */
    String physicalName() {
        return "plinth-" + name;
    }

    String stackName(StackId stack) {
        return stack.nameIn(name);
    }

    /** What becomes of state and logs when their stack is deleted or their resource is replaced. */
    RemovalPolicy removalPolicy() {
        return disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    }
}
