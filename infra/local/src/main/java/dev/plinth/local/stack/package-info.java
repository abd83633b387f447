/**
 * Stacks that programs deploy while the cloud runs: CloudFormation's change sets, the creation of a stack's resources
 * one by one with an event for each, its rollback and its deletion, in the states and with the errors of AWS. What
 * creates a resource is a {@link dev.plinth.local.stack.ResourceKind}, and every step is taken in the name of the stack's role.
 *
 * <p>Stacks are kept in memory: they last as long as the cloud runs, as queues do.
 */
package dev.plinth.local.stack;
