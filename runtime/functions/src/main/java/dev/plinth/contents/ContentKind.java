package dev.plinth.contents;

import dev.plinth.contract.StudioTable;
import dev.plinth.workspace.ProjectQuota;

/** What people write in a project. The kinds differ in what their text must be, and are kept alike. */
enum ContentKind {
    SCHEMA("schema", StudioTable.SCHEMAS, ProjectQuota.SCHEMAS),
    ARCHITECTURE("architecture", StudioTable.ARCHITECTURES, ProjectQuota.ARCHITECTURES),
    DOCUMENT("document", StudioTable.DOCUMENTATION, ProjectQuota.DOCUMENTS);

    private final String word;
    private final StudioTable table;
    private final ProjectQuota quota;

    ContentKind(String word, StudioTable table, ProjectQuota quota) {
        this.word = word;
        this.table = table;
        this.quota = quota;
    }

    /** Returns what one of them is called, for people and in the types of activity. */
    String word() {
        return word;
    }

    StudioTable table() {
        return table;
    }

    ProjectQuota quota() {
        return quota;
    }

    /** Returns the attribute of the table that holds its id. */
    String idAttribute() {
        return table.schema().key().sort().orElseThrow();
    }
}
