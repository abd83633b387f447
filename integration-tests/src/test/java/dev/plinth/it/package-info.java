/**
 * Black-box tests. They know a system by its stack outputs alone, own the data that they make, and poll with a deadline.
 * With {@code PLINTH_STAGE} they run against that stage on AWS; without it against a laptop cloud that they start.
 */
package dev.plinth.it;
