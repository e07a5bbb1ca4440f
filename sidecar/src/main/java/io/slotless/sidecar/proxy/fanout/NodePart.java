package io.slotless.sidecar.proxy.fanout;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A part for this one node; when it is away, that is the answer. */
final class NodePart extends GatheredPart {

    private final Node node;

    NodePart(Gathered gathered, int part, CommandFrame frame, Node node) {
        super(gathered, part, frame.buffer(), frame.offset(), frame.length(), 0);
        this.node = node;
    }

    @Override
    Node respondent() {
        return node;
    }

    @Override
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return backend.shared(node, identity);
    }

    @Override
    protected boolean isRepeatable() {
        return false;
    }
}
