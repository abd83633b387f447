package dev.plinth.functions.paging;

import dev.plinth.functions.http.QueryParameters;
import java.util.regex.Pattern;

/** How many things a page of a list holds at most. */
public final class PageSize {

    /** The parameter of a list's route that says so. */
    public static final String PARAMETER = "limit";
    public static final int HIGHEST = 100;
    public static final int USUAL = 20;

    private static final Pattern SIZES = Pattern.compile("[1-9][0-9]?|" + HIGHEST);

    private PageSize() {
    }

    /** Returns the size that a request asks for; the usual one when it asks for none, or breaks the rule. */
    public static int of(QueryParameters parameters) {
        return parameters.value(PARAMETER, text -> SIZES.matcher(text).matches(), Integer::valueOf,
                "must be a whole number from 1 to " + HIGHEST).orElse(USUAL);
    }
}
