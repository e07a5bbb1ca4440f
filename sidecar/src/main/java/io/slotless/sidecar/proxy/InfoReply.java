package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.fanout.FanOut;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.Reach;
import io.slotless.sidecar.routing.fanout.Info;
import io.slotless.sidecar.routing.fanout.NodeReply;
import io.slotless.sidecar.routing.fanout.ReplyMerge;
import java.util.List;

/** INFO as clients are to see it: of one server, in the mode that they take it for. */
final class InfoReply {

    private InfoReply() {}

    /** Puts INFO in line and sends it; the shards are known. */
    static void begin(ClientSession session, CommandFrame frame) {
        Reach reach = session.backend().hidesCluster() ? Reach.REACHABLE : Reach.SHARDS;
        FanOut.begin(session, frame, reach, merge(session));
    }

    /** What is made of the servers' replies. */
    static ReplyMerge merge(ClientSession session) {
        return replies -> shown(session, merged(session, replies));
    }

    private static RespValue merged(ClientSession session, List<NodeReply> replies) {
        return session.backend().hidesCluster()
                ? Info.MERGE.merge(replies)
                : replies.get(0).value();
    }

    private static RespValue shown(ClientSession session, RespValue info) {
        if (info instanceof RespValue.BulkString bulk) {
            return RespValue.bulk(Appearance.info(session.backend(), bulk.text()));
        }
        return info instanceof RespValue.VerbatimString verbatim
                ? new RespValue.VerbatimString(verbatim.format(), Appearance.info(session.backend(), verbatim.text()))
                : info;
    }
}
