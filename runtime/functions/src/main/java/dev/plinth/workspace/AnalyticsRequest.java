package dev.plinth.workspace;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.http.QueryParameters;
import io.micronaut.http.HttpParameters;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** Which days a request for figures asks for; both ends count. */
record AnalyticsRequest(LocalDate from, LocalDate to) {

    static final String FROM = "from";
    static final String TO = "to";

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 366;

    static AnalyticsRequest of(HttpParameters parameters, LocalDate today) {
        QueryParameters reading = new QueryParameters(parameters, List.of(FROM, TO));
        String rule = "must be a day, for example 2026-01-31";
        LocalDate to = reading.value(TO, AnalyticsRequest::isDay, LocalDate::parse, rule).orElse(today);
        LocalDate from = reading.value(FROM, AnalyticsRequest::isDay, LocalDate::parse, rule)
                .orElse(to.minusDays(USUAL_DAYS - 1L));
        reading.failIfInvalid();
        if (from.isAfter(to) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw Failure.invalid(Violation.Place.QUERY, FROM, "must be before to, by " + MOST_DAYS + " days at most");
        }
        return new AnalyticsRequest(from, to);
    }

    /** Years of four digits, so that the text of the day sorts as the days do. */
    private static boolean isDay(String text) {
        if (!text.matches("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
