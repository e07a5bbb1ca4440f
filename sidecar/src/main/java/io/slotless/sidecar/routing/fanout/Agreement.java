package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.fanout.NodeReply.Role;
import java.util.List;
import java.util.Objects;

/**
 * The response policies {@code all_succeeded} and {@code one_succeeded} (Redis documentation, "Command tips"). When some nodes
 * did it and some did not, the client is told so: nobody else can know.
 */
public final class Agreement {

    /** Every primary must do it; a replica that cannot does no harm. */
    public static final ReplyMerge OF_PRIMARIES = replies -> agreed(
            replies.stream().filter(reply -> reply.role() == Role.PRIMARY).toList());

    /** Every node must do it: what is different on a replica shows when it becomes a primary. */
    public static final ReplyMerge OF_NODES = Agreement::agreed;

    /** One is enough. If none did, what is said of the one it was meant for, else what all say. */
    public static final ReplyMerge OF_ONE = Agreement::anyOf;

    private Agreement() {}

    private static RespValue agreed(List<NodeReply> replies) {
        List<NodeReply> failed =
                replies.stream().filter(reply -> reply.error() != null).toList();
        if (failed.isEmpty()) {
            return replies.get(0).value();
        }
        NodeReply first = failed.get(0);
        if (failed.size() == replies.size()) {
            return first.value();
        }
        return new RespValue.SimpleError("ERR slotless: done by " + (replies.size() - failed.size()) + " of "
                + replies.size() + " nodes, but not by " + first.node() + ": " + first.error());
    }

    private static RespValue anyOf(List<NodeReply> replies) {
        NodeReply said = replies.get(0);
        for (NodeReply reply : replies) {
            String error = reply.error();
            if (error == null) {
                return reply.value();
            }
            if (Objects.requireNonNull(said.error()).startsWith("NOTBUSY") && !error.startsWith("NOTBUSY")) {
                said = reply;
            }
        }
        return said.value();
    }
}
