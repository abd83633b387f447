/**
 * The CDK app: one stage, chosen by {@code -c stage}, and its stacks by lifecycle. A construct is one capability of the
 * domain, a stack only composes constructs. Synthesis reads nothing but its context and the functions' jar, so the same
 * inputs give the same bytes.
 */
package dev.plinth.stacks;
