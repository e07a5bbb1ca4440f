package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A part of a {@link SplitCommand} that did not go the straight way: redirected, refused, or waiting for a node. */
final class SplitExchange extends Exchange {

    private final SplitCommand command;
    private final SplitPart straight;
    private final int part;

    /** @param request holds the whole command */
    SplitExchange(
            SplitCommand command,
            SplitPart straight,
            int part,
            Identity identity,
            ByteBuf request,
            int offset,
            int length,
            int slot) {
        super(command.session().backend(), identity, request, offset, length, slot);
        this.command = command;
        this.straight = straight;
        this.part = part;
    }

    @Override
    public void ready(UpstreamConnection connection) {
        begin(connection);
        command.rewrite(part, command(), connection.begin(this));
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        command.add(straight, part, from, buffer, offset, length, last);
    }

    @Override
    protected boolean takeBack() {
        return command.takeBack(straight, part);
    }

    @Override
    protected void detour() {
        command.session().barrier();
    }

    @Override
    protected boolean isWanted() {
        return command.isWanted();
    }
}
