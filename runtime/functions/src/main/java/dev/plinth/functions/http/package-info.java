/**
 * What several services read from requests in the same way: ids in paths, the parameters of lists, and the conditions
 * under which a client wants a thing changed or sent.
 */
package dev.plinth.functions.http;
