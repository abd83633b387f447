/**
 * What runs inside a function's process on the laptop: a client of the Lambda Runtime API that loads the handler,
 * calls its CRaC hooks as SnapStart would, and hands it one event after the other. Lambda's own client has native code
 * for Linux only; this one needs the JDK. It travels in a jar of its own, so that a function sees nothing else of ours.
 */
package dev.plinth.local.bootstrap;
