/** Tells the notifications topic what has ended. Who is told, the subscriptions' filter policies decide. */
package dev.plinth.notices;
