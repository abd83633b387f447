/**
 * Settings for programs that run outside Lambda: tests, clients, an operator's machine. They are read from the outputs
 * of the deployed stacks, so that such a program knows a system by its stage alone. A function gets the same values
 * from its own environment: neither this package nor CloudFormation's client is in the jar that Lambda runs.
 */
package dev.plinth.outputs;
