package dev.plinth.local.template;

import java.util.Optional;

/** Is shown the names that an expression depends on. */
interface References {

    /** A parameter, a pseudo parameter or a resource. */
    void ref(String name, Place place);

    /** A resource of which an attribute is read. */
    void attribute(String logicalId, Place place);

    /** A condition. */
    void condition(String name, Place place);

    /** A mapping. */
    void mapping(String name, Place place);

    /** Returns which branch of an {@code Fn::If} to show; nothing for both. */
    Optional<Boolean> branch(String condition);
}
