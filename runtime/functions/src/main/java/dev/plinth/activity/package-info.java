/**
 * What was done in a project, by whom, and the figures of its days. Both are recorded by what happens, in the
 * transaction of the change itself, so that none is lost and none counts twice.
 */
package dev.plinth.activity;
