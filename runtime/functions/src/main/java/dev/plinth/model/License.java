package dev.plinth.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The licences that an archive can have. */
public enum License {
    APACHE_2_0("Apache-2.0"),
    BSD_3_CLAUSE("BSD-3-Clause"),
    ISC("ISC"),
    MIT("MIT");

    private final String spdxId;

    License(String spdxId) {
        this.spdxId = spdxId;
    }

    /** Returns the identifier of the SPDX list. */
    public String spdxId() {
        return spdxId;
    }

    static Optional<License> of(String spdxId) {
        return Arrays.stream(values()).filter(license -> license.spdxId.equals(spdxId)).findFirst();
    }

    static Optional<String> fault(String spdxId) {
        return of(spdxId).isPresent() ? Optional.empty() : Optional.of("must be one of "
                + Arrays.stream(values()).map(License::spdxId).collect(Collectors.joining(", ")));
    }
}
