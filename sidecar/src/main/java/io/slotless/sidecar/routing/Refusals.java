package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;

/**
 * Refusals of the router, beyond those of the command table. Those of Redis are its own, to the letter (Redis 7.0,
 * cluster.c): clients recognise some of them.
 */
final class Refusals {

    static final Route.Reject CROSSSLOT = new Route.Reject("CROSSSLOT Keys in request don't hash to the same slot");
    static final Route CLUSTER_DISABLED = new Route.Reject("ERR This instance has cluster support disabled");

    private Refusals() {}

    /** Redis can, but not yet through this sidecar in CLUSTER mode. */
    static Route notInClusterMode(Command command) {
        return new Route.Reject(
                "ERR slotless: '" + command.name() + "' is not supported yet while the destination is in CLUSTER mode");
    }
}
