/**
 * Secrets Manager's store: secrets, their versions and the stages that point at them, kept in one private file where
 * the cloud keeps its data; the rules of a rotation; and random passwords. Who may read a secret, the door decides.
 */
package dev.plinth.local.secrets;
