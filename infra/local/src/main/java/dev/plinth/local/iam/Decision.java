package dev.plinth.local.iam;

/** Whether a request is allowed, and by or in spite of which statement. */
public sealed interface Decision permits Allowed, Denied {
}
