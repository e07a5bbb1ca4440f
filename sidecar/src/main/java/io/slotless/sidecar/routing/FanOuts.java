package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.RequestPolicy;
import io.slotless.sidecar.command.ResponsePolicy;
import io.slotless.sidecar.routing.ClusterHandling.Fixed;
import io.slotless.sidecar.routing.fanout.Aggregates;
import io.slotless.sidecar.routing.fanout.Agreement;
import java.util.Map;

/**
 * Commands to several nodes: by Redis's own command tips, where these say all (so that a server's COMMAND brings those of
 * its modules), and the others by name.
 */
final class FanOuts {

    private static final ClusterHandling ALIKE = new Fixed(new Route.FanOut(Reach.NODES, Agreement.OF_NODES));

    /** By the name in the command table. */
    static final Map<String, ClusterHandling> SPECIAL = Map.of(
            "acl|deluser", ALIKE,
            "acl|load", ALIKE,
            "acl|save", ALIKE,
            "acl|setuser", ALIKE,
            "config|rewrite", ALIKE,
            "config|set", ALIKE);

    private FanOuts() {}

    /** The route of a command whose tips say that it goes to more than one node. */
    static Route byTips(Command command) {
        boolean nodes = command.requestPolicy() == RequestPolicy.ALL_NODES;
        if (!nodes && command.requestPolicy() != RequestPolicy.ALL_SHARDS
                || command.responsePolicy() == ResponsePolicy.SPECIAL) {
            return Refusals.unknownPolicy(command);
        }
        return new Route.FanOut(nodes ? Reach.NODES : Reach.SHARDS, Aggregates.of(command.responsePolicy()));
    }
}
