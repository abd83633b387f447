package dev.plinth.profiles;

import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of {@link StudioTable#USERS}, one a person. A person whose account was removed leaves a mark there. */
final class ProfileItems {

    static final String NAME = "name";
    static final String ABOUT = "about";
    static final String REVISION = "revision";

    /** Present from when the removal of the account begins. */
    static final String REMOVED_AT = "removedAt";

    /** Ids of projects whose deletion has begun with the removal; absent when there are none. */
    static final String DELETIONS = "deletions";

    private ProfileItems() {
    }

    static Map<String, AttributeValue> key(UUID user) {
        return Map.of(Attributes.USER_ID, text(user));
    }

    /** Returns the attribute that counts what a person uses of a quota. */
    static String count(Quota quota) {
        return "count#" + quota.things();
    }

    static boolean isRemoved(Map<String, AttributeValue> item) {
        return item.containsKey(REMOVED_AT);
    }
}
