package dev.plinth.workspace;

import dev.plinth.functions.caller.Caller;
import java.util.UUID;

/** Decides who may do what with a project: its owner everything, the members of its team what their team role says. */
public interface ProjectAccess {
    /**
     * Returns the project, read consistently.
     *
     * @throws dev.plinth.functions.problem.Failure NOT_FOUND when there is no such project or the caller may not even
     *         read it, FORBIDDEN when the caller may read it but lacks the right
     */
    ProjectSummary require(Caller caller, UUID projectId, ProjectRight right);
}
