package dev.plinth.contents;

import java.time.Instant;

/**
 * Something that people wrote, as it stands.
 *
 * @param text     the document itself: JSON of a schema or an architecture, Markdown of a document
 * @param revision names this very state; every change stamps another one
 */
record Content(ContentHead head, String text, String revision) {

    /** Tells whether it is to be something else than it is. */
    boolean differsFrom(String title, String newText) {
        return !head.title().equals(title) || !text.equals(newText);
    }

    Content with(String title, String newText, Instant now, String newRevision) {
        return new Content(
                new ContentHead(head.kind(), head.projectId(), head.id(), title, now), newText, newRevision);
    }
}
