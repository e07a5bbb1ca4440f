package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.destination.DestinationConfig.PresentAs;
import io.slotless.sidecar.onenode.OneNode;
import io.slotless.sidecar.onenode.OneNodeCommand;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import org.jspecify.annotations.Nullable;

/** What clients take their destination for, whatever is behind it. */
final class Appearance {

    private Appearance() {}

    /** The reply of the only node of the cluster that clients see, which they reach where this one has reached us. */
    static ByteBuf answer(ClientSession session, OneNodeCommand command, CommandFrame frame) {
        OneNode node = OneNode.of(session.destination().host(), session.peer().local());
        return Replies.of(
                command.answer(node, frame), session.identity().upstream().protocol());
    }

    /** The mode to be told; null: that of the server. */
    static @Nullable String mode(Backend backend) {
        if (backend.config().presentAs() == PresentAs.CLUSTER) {
            return "cluster";
        }
        return backend.hidesCluster() ? "standalone" : null;
    }

    /** INFO, with the mode that is to be told. */
    static String info(Backend backend, String info) {
        String mode = mode(backend);
        if (mode == null) {
            return info;
        }
        return info.replaceFirst("redis_mode:\\w+", "redis_mode:" + mode)
                .replaceFirst("cluster_enabled:\\d", "cluster_enabled:" + (mode.equals("cluster") ? 1 : 0));
    }
}
