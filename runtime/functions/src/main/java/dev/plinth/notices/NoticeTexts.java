package dev.plinth.notices;

import dev.plinth.functions.time.Timestamps;

/** What people read of a notice. */
final class NoticeTexts {

    private NoticeTexts() {
    }

    /** Returns what stands in for the message where there is little room; it fits into one text of 140 characters. */
    static String sentence(Notice notice) {
        return "Plinth: " + what(notice) + " " + notice.subject() + " has " + became(notice) + ".";
    }

    /** Returns the subject of a mail: ASCII, without a line break, and shorter than the 100 characters of SNS. */
    static String subject(Notice notice) {
        return "Plinth: " + what(notice) + " " + became(notice);
    }

    static String mail(Notice notice) {
        String text = capital(what(notice)) + " " + notice.subject() + " of project " + notice.projectId() + " has "
                + became(notice) + ", at " + Timestamps.text(notice.at()) + ".";
        return notice.detail().map(detail -> text + "\n\n" + detail).orElse(text);
    }

    private static String what(Notice notice) {
        return switch (notice.event()) {
            case GENERATION_ENDED -> "code generation";
            case DEPLOYMENT_ENDED -> "deployment";
            case DEPLOYMENT_DELETED -> "deletion of deployment";
        };
    }

    private static String became(Notice notice) {
        return switch (notice.outcome()) {
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
        };
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
