package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** The part of a {@link SplitCommand} that goes to the primary of one slot. */
final class SplitPart extends Exchange {

    private final SplitCommand command;
    private final int part;

    /** @param frame the whole command */
    SplitPart(SplitCommand command, int part, ClientSession session, CommandFrame frame, int slot) {
        super(session.backend(), session.identity().upstream(), frame.buffer(), frame.offset(), frame.length(), slot);
        this.command = command;
        this.part = part;
    }

    /** As {@link Exchange#renew}, in another command of the same backend. */
    void renew(ClientSession session, CommandFrame frame, int slot) {
        renew(session.identity().upstream(), frame.buffer(), frame.offset(), frame.length(), slot);
    }

    @Override
    public void ready(UpstreamConnection connection) {
        begin(connection);
        command.write(part, command(), connection.begin(this));
    }

    @Override
    void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        command.add(part, buffer, offset, length, last);
    }

    @Override
    boolean takeBack() {
        command.forget(part);
        return true;
    }

    @Override
    void detour() {
        command.detour();
    }

    @Override
    void judge(UpstreamConnection from, ByteBuf buffer, int lineOffset, int lineLength) {
        command.becomeUnusual();
        super.judge(from, buffer, lineOffset, lineLength);
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        command.becomeUnusual();
        super.failed(from, cause, executed);
    }

    @Override
    boolean isWanted() {
        return command.isWanted();
    }

    /** The client has gone. */
    void gone() {
        letGo();
    }
}
