package dev.plinth.contract;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What functions count. A function logs a line with {@link #LOG_FIELD} and the metric's name for each time; a metric
 * filter of its log group makes a CloudWatch metric of the lines, which alarms and the dashboard show.
 */
public enum Metric {
    /** Requests that were refused because their caller had made too many. */
    REQUESTS_LIMITED,

    /** Requests that nobody counted, since the table of the rate limiter did not answer. */
    REQUESTS_UNCOUNTED,

    /** Code generations that ended with an archive. */
    GENERATIONS_SUCCEEDED(Service.GENERATION_WORKER),

    /** Code generations that ended without one. */
    GENERATIONS_FAILED(Service.GENERATION_WORKER),

    /** Deployments and deletions that ended well. */
    DEPLOYMENTS_SUCCEEDED(Service.DEPLOYMENT_WORKER),

    /** Deployments and deletions that ended badly. */
    DEPLOYMENTS_FAILED(Service.DEPLOYMENT_WORKER),

    /** Notices that a webhook took. */
    DELIVERIES_SUCCEEDED(Service.WEBHOOK_WORKER),

    /** Notices that a webhook did not take, at the last attempt. */
    DELIVERIES_FAILED(Service.WEBHOOK_WORKER);

    /** The field of a log line that names a metric. */
    public static final String LOG_FIELD = "metric";

    private final Set<Service> services;

    /** Counted by every service behind the HTTP API. */
    Metric() {
        this.services = Arrays.stream(Service.values())
                .filter(service -> service.trigger() == Trigger.HTTP)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Service.class)));
    }

    Metric(Service first, Service... more) {
        this.services = EnumSet.of(first, more);
    }

    /** Returns the services whose functions count it. */
    public Set<Service> services() {
        return Collections.unmodifiableSet(services);
    }

    /** Returns the metric's name, for example {@code RequestsLimited}. */
    public String metricName() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
