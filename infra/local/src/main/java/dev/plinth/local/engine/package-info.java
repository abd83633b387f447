/** The real engines behind the door. Each binds loopback, and keeps its data in memory or in a directory. */
package dev.plinth.local.engine;
