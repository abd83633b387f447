package dev.plinth.teams;

import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of {@link StudioTable#TEAMS}: a team and its members share a partition. */
final class TeamItems {

    static final String MEMBER = StudioTable.TEAMS.schema().key().sort().orElseThrow();
    static final String TEAM = "TEAM";

    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String UPDATED_AT = "updatedAt";
    static final String REVISION = "revision";

    /** How many projects are shared with the team. */
    static final String PROJECTS = "projects";

    private static final String CREATOR_ID = "creatorId";
    private static final String USER = "USER#";
    private static final String ROLE = "role";

    private TeamItems() {
    }

    static Map<String, AttributeValue> teamKey(UUID team) {
        return Map.of(Attributes.TEAM_ID, text(team), MEMBER, text(TEAM));
    }

    static Map<String, AttributeValue> memberKey(UUID team, UUID user) {
        return Map.of(Attributes.TEAM_ID, text(team), MEMBER, text(USER + user));
    }

    static Map<String, AttributeValue> item(Team team) {
        Map<String, AttributeValue> item = new HashMap<>(teamKey(team.id()));
        item.put(NAME, text(team.details().name()));
        team.details().description().ifPresent(description -> item.put(DESCRIPTION, text(description)));
        item.put(CREATOR_ID, text(team.creatorId()));
        item.put(UPDATED_AT, text(team.updatedAt()));
        item.put(REVISION, text(team.revision()));
        return item;
    }

    static Map<String, AttributeValue> item(UUID team, UUID user, TeamRole role) {
        Map<String, AttributeValue> item = new HashMap<>(memberKey(team, user));
        item.put(Attributes.USER_ID, text(user));
        item.put(ROLE, text(role.name()));
        return item;
    }

    static boolean isTeam(Map<String, AttributeValue> item) {
        return item.get(MEMBER).s().equals(TEAM);
    }

    static TeamRole role(Map<String, AttributeValue> member) {
        return TeamRole.valueOf(member.get(ROLE).s());
    }

    static TeamDetails details(Map<String, AttributeValue> team) {
        return new TeamDetails(team.get(NAME).s(), Values.text(team, DESCRIPTION));
    }

    /** Returns the team that the items of its partition make; empty when there is none. */
    static Optional<Team> team(List<Map<String, AttributeValue>> partition) {
        Map<UUID, TeamRole> members = new HashMap<>();
        partition.stream().filter(item -> !isTeam(item)).forEach(item ->
                members.put(UUID.fromString(item.get(Attributes.USER_ID).s()), role(item)));
        return partition.stream().filter(TeamItems::isTeam).findFirst().map(item -> new Team(
                UUID.fromString(item.get(Attributes.TEAM_ID).s()),
                details(item),
                UUID.fromString(item.get(CREATOR_ID).s()),
                members,
                Values.number(item, PROJECTS),
                time(item, UPDATED_AT),
                item.get(REVISION).s()));
    }
}
