package dev.plinth.profiles;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A person as the studio knows them.
 *
 * @param name     what others may call them; empty until they have said so
 * @param used     what they use of each quota
 * @param revision names this very state
 */
record Profile(UUID userId, Optional<String> name, Optional<String> about, Map<Quota, Long> used, String revision) {

    /** The revision of a person of whom nothing is known. */
    static final String BLANK = "blank";

    Profile {
        used = Map.copyOf(used);
    }

    static Profile blank(UUID user) {
        Map<Quota, Long> none = new EnumMap<>(Quota.class);
        for (Quota quota : Quota.values()) {
            none.put(quota, 0L);
        }
        return new Profile(user, Optional.empty(), Optional.empty(), none, BLANK);
    }

    /** Returns the profile as its person wants it. */
    Profile with(Optional<String> newName, Optional<String> newAbout, String newRevision) {
        return new Profile(userId, newName, newAbout, used, newRevision);
    }
}
