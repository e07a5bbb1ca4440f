package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import java.util.List;
import java.util.function.Function;

/** Makes one reply of those of several nodes. Pure. */
@FunctionalInterface
public interface ReplyMerge {

    /**
     * The one reply.
     *
     * @param replies at least one; primaries first; errors among them
     * @throws RuntimeException if a node said what it cannot have meant
     */
    RespValue merge(List<NodeReply> replies);

    /** An error of a primary is the reply of the whole; a replica that gives one is left out. */
    static ReplyMerge ofAll(Function<List<RespValue>, RespValue> fold) {
        return replies -> {
            for (NodeReply reply : replies) {
                if (reply.role() == NodeReply.Role.PRIMARY && reply.error() != null) {
                    return reply.value();
                }
            }
            return fold.apply(values(replies));
        };
    }

    /** Errors count only if there is nothing else. */
    static ReplyMerge ofThoseThatAnswer(Function<List<RespValue>, RespValue> fold) {
        return replies -> {
            List<RespValue> values = values(replies);
            return values.isEmpty() ? replies.get(0).value() : fold.apply(values);
        };
    }

    private static List<RespValue> values(List<NodeReply> replies) {
        return replies.stream()
                .filter(reply -> reply.error() == null)
                .map(NodeReply::value)
                .toList();
    }
}
