/**
 * What people design in the studio: schemas, architectures, and the settings of a project. A definition that this
 * package has made is one that the generator can turn into files; all that it refuses, it refuses with a pointer to the
 * place.
 */
package dev.plinth.model;
