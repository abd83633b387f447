/** How times are written, the same wherever a caller or a table gets one. */
package dev.plinth.functions.time;
