/**
 * Generates the files of a project from its schema, its architecture and its settings: SQL, an OpenAPI document, Java
 * records, a CloudFormation template, a diagram, and the archive of them all. It knows no AWS and no clock, so the same
 * input gives the same bytes; and whatever {@code dev.plinth.model} lets pass, it can generate.
 */
package dev.plinth.generator;
