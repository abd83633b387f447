package dev.plinth.functions.aws;

import dev.plinth.contract.StudioTable;

/** Tells the physical names of the studio's tables. A service knows those in its settings, and no others. */
@FunctionalInterface
public interface StudioTables {
    String nameOf(StudioTable table);
}
