/**
 * The laptop as a deployment target: reads the cloud assembly, creates each resource of its templates, and serves the
 * result until it is closed. Each resource type that has an effect here has a creator; the rest is in
 * {@link dev.plinth.local.cloud.WithoutEffect}, and what is in neither stops the deployment.
 */
package dev.plinth.local.cloud;
