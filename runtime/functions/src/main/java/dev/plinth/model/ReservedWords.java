package dev.plinth.model;

import java.util.Set;

/** Names that one of the generated languages, or a file system, keeps to itself. */
final class ReservedWords {

    /**
     * Words that PostgreSQL takes neither as a table nor as a column unless they are quoted, and quoting them would be
     * left to everybody who writes a query. A test compares them with those of the engine.
     */
    static final Set<String> POSTGRESQL = words("""
            all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate
            collation column concurrently constraint create cross current_catalog current_date current_role
            current_schema current_time current_timestamp current_user default deferrable desc distinct do else end
            except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into
            is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on
            only or order outer overlaps placing primary references returning right select session_user similar some
            symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when
            where window with""");

    /** Columns that every table of PostgreSQL has already (PostgreSQL 17, section 5.6). */
    static final Set<String> SYSTEM_COLUMNS = words("tableoid xmin cmin xmax cmax ctid");

    /** Keywords and literals of Java 17 (JLS, section 3.9). A test compares them with those of the compiler. */
    static final Set<String> JAVA = words("""
            abstract assert boolean break byte case catch char class const continue default do double else enum extends
            false final finally float for goto if implements import instanceof int interface long native new null
            package private protected public return short static strictfp super switch synchronized this throw throws
            transient true try void volatile while""");

    /**
     * Names that a component of a record cannot have (JLS, section 8.10.1), and {@code java}, which would hide the
     * packages of that name.
     */
    static final Set<String> RECORD_COMPONENTS =
            words("clone finalize getClass hashCode notify notifyAll toString wait java");

    /** Names of devices, which Windows lets no file have, whatever its ending and its case. */
    static final Set<String> WINDOWS = words("""
            con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
            lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9""");

    private ReservedWords() {
    }

    private static Set<String> words(String list) {
        return Set.of(list.split("\\s+"));
    }
}
