/**
 * What people edit in the studio: teams, projects and what is in a project. It decides who may see and change a project,
 * and other features ask it by the project's id.
 */
package dev.plinth.workspace;
