/**
 * Who calls. A closed route reaches no controller without a caller, whom the authorizer identified and whose role the
 * contract lets in; what belongs to whom, each service decides.
 */
package dev.plinth.functions.caller;
