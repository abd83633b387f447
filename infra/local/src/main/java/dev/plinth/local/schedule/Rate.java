package dev.plinth.local.schedule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EventBridge's rate expressions: {@code rate(1 minute)}, {@code rate(5 hours)}. */
public final class Rate {
    private static final Pattern WRITTEN = Pattern.compile("rate\\(([1-9]\\d{0,6}) (minute|hour|day)(s?)\\)");

    private Rate() {
    }

    /** @throws IllegalArgumentException for another expression; one, and no other number, is singular, as EventBridge has it */
    public static Duration parse(String expression) {
        Matcher matcher = WRITTEN.matcher(expression);
        if (!matcher.matches() || matcher.group(1).equals("1") != matcher.group(3).isEmpty()) {
            throw new IllegalArgumentException("rate(1 minute), rate(N minutes), and the same of hours and days");
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "minute" -> Duration.ofMinutes(number);
            case "hour" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
