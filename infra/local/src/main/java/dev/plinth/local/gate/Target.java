package dev.plinth.local.gate;

import dev.plinth.local.network.Placement;
import java.util.List;
import java.util.function.Function;

/**
 * What a gate stands for.
 *
 * @param service       the service's name in tokens, for example {@code rds-db}
 * @param action        what a caller must be allowed, for example {@code rds-db:connect}
 * @param userParameter the parameter of a token that names the user
 * @param resources     the ARNs on which the action must be allowed, for a user's name
 * @param placement     where it stands in the network
 * @param port          the port that the templates know, for which security groups are written
 */
record Target(String service, String action, String userParameter, Function<String, List<String>> resources,
              Placement placement, int port) {
}
