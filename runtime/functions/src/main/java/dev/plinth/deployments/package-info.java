/**
 * Deployments: stacks of generated templates, made and deleted through CloudFormation. The studio takes what people ask
 * for; the worker does it, and finds out from CloudFormation what is done already each time that it takes a deployment
 * on. It promises that a deployment ends within two hours, that one which fails leaves nothing behind or says so, and
 * that nothing but stacks of the stage's own prefix is touched. ADR 0018 says how.
 */
@Configuration
@Requires(env = {"studio", "deployment-worker", "studio-worker"})
package dev.plinth.deployments;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
