package io.slotless.sidecar.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.SlotHash;
import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;

/** Where a command goes whose keys a server has found ({@code COMMAND GETKEYS}). Pure. */
public final class KeysFound {

    private static final RespReader READER = new RespReader(RespLimits.DEFAULT);

    private KeysFound() {}

    /**
     * The route of the command itself: to the slot of its keys; to any node if it has none, or if something is wrong with
     * it, for any node says what is due; or a refusal.
     *
     * @param reply to COMMAND GETKEYS
     */
    public static Route route(ByteBuf reply) {
        RespValue keys;
        try {
            keys = READER.read(reply.duplicate());
        } catch (RespException e) {
            return unexpected(String.valueOf(e.getMessage()));
        }
        if (keys instanceof RespValue.SimpleError || keys instanceof RespValue.BulkError) {
            return Route.ToAnyNode.ROUTE;
        }
        if (!(keys instanceof RespValue.ArrayValue array)) {
            return unexpected("not a list");
        }
        Route route = Route.ToAnyNode.ROUTE;
        for (RespValue key : array.elements()) {
            if (!(key instanceof RespValue.BulkString bulk)) {
                return unexpected("not a key");
            }
            Route next = Route.ToSlot.of(SlotHash.slot(Unpooled.wrappedBuffer(bulk.bytes()), 0, bulk.bytes().length));
            if (route != Route.ToAnyNode.ROUTE && !route.equals(next)) {
                return Refusals.CROSSSLOT;
            }
            route = next;
        }
        return route;
    }

    private static Route unexpected(String what) {
        return new Route.Reject("ERR slotless: unexpected reply of a node to COMMAND GETKEYS: " + what);
    }
}
