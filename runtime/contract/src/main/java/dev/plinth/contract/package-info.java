/**
 * What the stacks and the functions agree on: the settings that travel from stack outputs into programs, the
 * services with their routes, and the shape of every table. Each name is written here once and nowhere else, so a
 * stack and a function cannot disagree about it. Depends on nothing but the JDK.
 */
package dev.plinth.contract;
