package io.slotless.sidecar.proxy.fanout;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.PrivateUse;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A part on a connection of its own: it does not stand behind what is running on the shared one. */
class PrivatePart extends GatheredPart {

    private final PrivateUse connection = new PrivateUse(backend, identity);

    PrivatePart(Gathered gathered, int part, CommandFrame frame, int slot) {
        super(gathered, part, frame.buffer(), frame.offset(), frame.length(), slot);
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return connection.take(slot(), redirected);
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (last) {
            connection.giveBack();
        }
        super.deliver(from, buffer, offset, length, last);
    }

    @Override
    void gone() {
        super.gone();
        connection.close();
    }
}
