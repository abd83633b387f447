package dev.plinth.teams;

import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of {@link StudioTable#TEAMS}: a team and its members share a partition. */
final class TeamItems {

    static final String MEMBER = StudioTable.TEAMS.schema().key().sort().orElseThrow();
    static final String TEAM = "TEAM";
    static final String USER = "USER#";

    static final String ROLE = "role";
    static final String REVISION = "revision";

    /** How many projects are shared with the team. */
    static final String PROJECTS = "projects";

    private TeamItems() {
    }

    static Map<String, AttributeValue> teamKey(UUID team) {
        return Map.of(Attributes.TEAM_ID, text(team), MEMBER, text(TEAM));
    }

    static Map<String, AttributeValue> memberKey(UUID team, UUID user) {
        return Map.of(Attributes.TEAM_ID, text(team), MEMBER, text(USER + user));
    }
}
