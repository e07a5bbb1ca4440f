package io.slotless.sidecar.proxy.fanout;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** One of the commands of a {@link Gathered}, to the primary of a slot. */
class GatheredPart extends Exchange {

    private final Gathered gathered;
    private final int part;
    private boolean complete;

    GatheredPart(Gathered gathered, int part, ByteBuf request, int offset, int length, int slot) {
        super(gathered.client().backend(), gathered.client().upstream(), request, offset, length, slot);
        this.gathered = gathered;
        this.part = part;
    }

    /** Who answered; null when it came to none. */
    @Nullable
    Node respondent() {
        UpstreamConnection last = lastConnection();
        return last == null ? null : last.node();
    }

    boolean isComplete() {
        return complete;
    }

    /** The client has gone. */
    void gone() {
        letGo();
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        complete = last;
        gathered.add(part, buffer, offset, length, last);
    }

    @Override
    protected final boolean takeBack() {
        gathered.forget(part);
        return true;
    }

    @Override
    protected final void detour() {
        gathered.client().barrier();
    }

    @Override
    protected final boolean isWanted() {
        return gathered.isWanted();
    }
}
