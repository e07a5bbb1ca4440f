package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.fanout.NodeReply.Role;
import java.util.List;
import java.util.stream.Collectors;

/** Texts for people: one text if all nodes say the same, else one behind the other, each under its node's name. */
public final class Reports {

    /** An error of a primary is the reply. */
    public static final ReplyMerge OF_ALL = replies -> {
        for (NodeReply reply : replies) {
            if (reply.role() == Role.PRIMARY && reply.error() != null) {
                return reply.value();
            }
        }
        return joined(replies);
    };

    /** Of those that have something to tell; the others give an error. */
    public static final ReplyMerge OF_SOME = Reports::joined;

    private Reports() {}

    private static RespValue joined(List<NodeReply> replies) {
        List<NodeReply> told =
                replies.stream().filter(reply -> reply.error() == null).toList();
        if (told.isEmpty()) {
            return replies.get(0).value();
        }
        RespValue first = told.get(0).value();
        if (told.stream().allMatch(reply -> reply.value().equals(first))) {
            return first;
        }
        String all = told.stream()
                .map(reply -> reply.node() + ":\n" + Fields.text(reply.value()).stripTrailing() + "\n")
                .collect(Collectors.joining("\n"));
        return first instanceof RespValue.VerbatimString verbatim
                ? new RespValue.VerbatimString(verbatim.format(), all)
                : RespValue.bulk(all);
    }
}
