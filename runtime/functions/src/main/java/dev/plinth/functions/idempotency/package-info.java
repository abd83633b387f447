/**
 * Requests that a caller may repeat: the header that names one, and what tells two requests with one name apart. The
 * record of a name that was used is each service's own, in the transaction of what it creates.
 */
package dev.plinth.functions.idempotency;
