/** What a function counts: a log line for each time, of which a metric filter makes a CloudWatch metric. */
package dev.plinth.functions.metrics;
