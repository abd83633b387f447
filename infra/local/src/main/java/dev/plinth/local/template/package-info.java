/**
 * Reads a cloud assembly (the directory that {@code cdk synth} writes) and walks the resources of its CloudFormation
 * templates in the order in which they depend on each other, with every property resolved just before its resource is
 * created. What creates the resources is the caller's.
 *
 * <p>It promises strictness: whatever in a template it does not honour ends the walk with a {@link
 * dev.plinth.local.template.TemplateException} that names the stack, the construct path and the place in the
 * template. A template is data: resolving it runs nothing, and takes time in proportion to its size.
 *
 * <p>Not honoured by intent, since a laptop is not bootstrapped: parameters read from SSM (the CDK's {@code
 * BootstrapVersion} may be declared, not used) and the rule {@code CheckBootstrapVersion}.
 */
package dev.plinth.local.template;
