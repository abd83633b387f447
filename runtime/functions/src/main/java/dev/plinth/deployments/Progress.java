package dev.plinth.deployments;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a stack is.
 *
 * @param total  how many resources its template has
 * @param there  how many of them exist
 * @param events the last ones, newest first
 */
record Progress(int total, int there, List<ResourceEvent> events) {
    static final Progress NONE = new Progress(0, 0, List.of());

    private static final int KEPT = 20;

    /** Long enough for what CloudFormation says, short enough for twenty of them in an item. */
    private static final int LONGEST_REASON = 500;

    Progress {
        events = List.copyOf(events);
    }

    Progress withTotal(int resources) {
        return new Progress(resources, there, events);
    }

    /**
     * Returns how far the stack is after all that has happened to its resources.
     *
     * @param all newest first
     */
    Progress after(List<ResourceEvent> all) {
        Set<String> seen = new HashSet<>();
        int exist = 0;
        for (ResourceEvent event : all) {
            // The newest event of a resource says how it is.
            if (seen.add(event.resource()) && isThere(event.status())) {
                exist++;
            }
        }
        return new Progress(Math.max(total, seen.size()), exist,
                all.stream().limit(KEPT).map(Progress::shortened).toList());
    }

    private static boolean isThere(String status) {
        return status.equals("CREATE_COMPLETE") || status.equals("DELETE_IN_PROGRESS") || status.equals("DELETE_FAILED")
                || status.equals("DELETE_SKIPPED");
    }

    private static ResourceEvent shortened(ResourceEvent event) {
        return new ResourceEvent(event.at(), event.resource(), event.type(), event.status(),
                event.reason().map(Progress::shortened));
    }

    static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    /** Returns why the first resource that failed could not be created, in a sentence for people. */
    static Optional<String> firstFailure(List<ResourceEvent> newestFirst) {
        return newestFirst.stream()
                .filter(event -> event.status().equals("CREATE_FAILED"))
                // Those that were stopped since another one failed say nothing of their own.
                .filter(event -> event.reason().filter(reason -> !reason.contains("cancelled")).isPresent())
                .reduce((newer, older) -> older)
                .map(event -> sentence(event, "created"));
    }

    /** Returns why the last resource that failed could not be deleted, in a sentence for people. */
    static Optional<String> lastDeletionFailure(List<ResourceEvent> newestFirst) {
        return newestFirst.stream()
                .filter(event -> event.status().equals("DELETE_FAILED"))
                .findFirst()
                .map(event -> sentence(event, "deleted"));
    }

    private static String sentence(ResourceEvent event, String what) {
        return "%s (%s) could not be %s: %s".formatted(event.resource(), event.type(), what,
                shortened(event.reason().orElse("CloudFormation gives no reason.")));
    }
}
