package io.slotless.sidecar.routing;

import static java.util.Map.entry;

import io.slotless.sidecar.command.Command;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refusals of the router, beyond those of the command table. Those of Redis are its own, to the letter (Redis 7.0,
 * cluster.c): clients recognise some of them. Ours say why.
 */
final class Refusals {

    static final Route.Reject CROSSSLOT = new Route.Reject("CROSSSLOT Keys in request don't hash to the same slot");
    static final Route CLUSTER_DISABLED = new Route.Reject("ERR This instance has cluster support disabled");
    static final Route NO_SLOTS = new Route.Reject(
            "ERR slotless: a single Redis behind presentAs: CLUSTER does not know which keys are in a slot");

    private static final String SHARED = "clients share the connections to the nodes";
    private static final String ONE_DATABASE = "a Redis Cluster has only database 0";
    private static final String REPLICATION = "who is whose replica is the cluster's own matter";
    private static final String STREAM = "a replica follows one server, not a cluster";
    private static final String MODULES = "a module is a file that every node must have; do it at each node";

    /** By the name in the command table: what cannot be done for a whole cluster, and why. */
    static final Map<String, String> REASONS = Map.ofEntries(
            entry("client|import-source", SHARED),
            entry("debug", "it is about one server; send it to the node that is meant"),
            entry("failover", "a cluster fails over by itself; by hand, send CLUSTER FAILOVER to a replica"),
            entry("module|load", MODULES),
            entry("module|loadex", MODULES),
            entry("module|unload", MODULES),
            entry("monitor", "no connection sees the commands of all nodes; send it to each node"),
            entry("move", ONE_DATABASE),
            entry("psync", STREAM),
            entry("replconf", STREAM),
            entry("replicaof", REPLICATION + "; send CLUSTER REPLICATE to a node"),
            entry("script|debug", "the debugger needs a server to itself; use one that is not in a cluster"),
            entry("shutdown", "it would stop the nodes for everybody; send it to the node that is meant"),
            entry("slaveof", REPLICATION + "; send CLUSTER REPLICATE to a node"),
            entry("swapdb", ONE_DATABASE),
            entry("sync", STREAM));

    private Refusals() {}

    /** The refusal of a command that cannot be done for a whole cluster; null when it can. */
    static @Nullable Route inClusterMode(Command command) {
        String reason = REASONS.get(command.name());
        return reason == null
                ? null
                : new Route.Reject("ERR slotless: '" + command.name()
                        + "' is refused while the destination is in CLUSTER mode: " + reason);
    }

    /** Nothing is known of where it should go, or what to make of the replies. */
    static Route unknownPolicy(Command command) {
        return new Route.Reject(
                "ERR slotless: '" + command.name()
                        + "' is refused while the destination is in CLUSTER mode: its command tips do not say how to merge replies");
    }

    /** Of a module, which does not say where the keys are: it would wait on a connection that others share. */
    static Route blocksAtUnknownKeys(Command command) {
        return new Route.Reject(
                "ERR slotless: '" + command.name()
                        + "' may block and its module does not tell where its keys are, so it cannot be routed in CLUSTER mode");
    }
}
