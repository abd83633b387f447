/**
 * Lists in pages: the parameters that ask for one, and the cursor that asks for the next. A cursor is a position in a
 * list and no permission; what the list holds follows from the request alone.
 */
package dev.plinth.functions.paging;
