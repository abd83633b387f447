package dev.plinth.demo;

import java.util.Arrays;
import java.util.Optional;

/** What an answer must be like besides its status. */
interface Promise {
    /** Returns what is wrong with an answer, or nothing. */
    Optional<String> broken(Answer answer);

    /** The body has something at a pointer. */
    static Promise has(String pointer) {
        return answer -> answer.at(pointer).isMissingNode() || answer.at(pointer).isNull()
                ? Optional.of("nothing at " + pointer) : Optional.empty();
    }

    /** The body has a value at a pointer, compared as text. */
    static Promise says(String pointer, Object value) {
        return answer -> answer.text(pointer).equals(value.toString()) ? Optional.empty()
                : Optional.of(pointer + " is '" + answer.text(pointer) + "', not '" + value + "'");
    }

    /** The body has a list of so many items at a pointer. */
    static Promise counts(String pointer, int items) {
        return answer -> answer.at(pointer).isArray() && answer.at(pointer).size() == items ? Optional.empty()
                : Optional.of(pointer + " has " + answer.at(pointer).size() + " items, not " + items);
    }

    /** The body has nothing at a pointer. */
    static Promise hides(String pointer) {
        return answer -> answer.at(pointer).isMissingNode() ? Optional.empty()
                : Optional.of(pointer + " should not be there");
    }

    /** The body has a text in it. */
    static Promise contains(String text) {
        return answer -> answer.body().contains(text) ? Optional.empty()
                : Optional.of("the body does not contain '" + text + "'");
    }

    /** The answer has a header. */
    static Promise header(String name) {
        return answer -> answer.header(name).isPresent() ? Optional.empty() : Optional.of("no header " + name);
    }

    static Optional<String> firstBroken(Answer answer, Promise... promises) {
        return Arrays.stream(promises).map(promise -> promise.broken(answer)).flatMap(Optional::stream).findFirst();
    }
}
