/** The one kind of HTTP server of the laptop: bound to loopback, answering only callers who name loopback. */
package dev.plinth.local.net;
