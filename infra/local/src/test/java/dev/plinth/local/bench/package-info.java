/**
 * {@code make bench}: measures the functions of {@code cdk.out} over the Lambda Runtime API with Lambda's own runtime
 * client, against a bare handler in the same run, and prints figures with where each comes from. No test.
 */
package dev.plinth.local.bench;
