package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * In front of one server, for what binds a connection for longer: every byte passes, both ways, over one private
 * connection until the client leaves. Each side stops reading while the other does not take more.
 */
final class PipeState implements SessionState, ReplyReceiver, UpstreamConnection.RawReader {

    private final ClientSession session;
    private @Nullable UpstreamConnection connection;

    private PipeState(ClientSession session) {
        this.session = session;
    }

    /** From the command that is being handed over on, over a connection of its own. Nothing may be outstanding. */
    static void enterFromHere(ClientSession session) {
        UpstreamConnection connection =
                session.backend().takePrivate(0, session.identity().upstream());
        if (connection == null) {
            throw new IllegalStateException("a single server always has a node");
        }
        enter(session).use(connection);
    }

    /** From the next command on; it needs a connection to {@link #use}. */
    static PipeState enter(ClientSession session) {
        PipeState pipe = new PipeState(session);
        session.enter(pipe);
        session.handler().suspend();
        return pipe;
    }

    /** Everything goes over this connection, on which nothing is outstanding. */
    void use(UpstreamConnection own) {
        connection = own;
        own.await(this);
    }

    @Override
    public boolean command(CommandFrame frame) {
        return false;
    }

    @Override
    public void ready(UpstreamConnection ready) {
        ready.readRaw(this);
        if (session.out().mute(false)) {
            String from = session.identity().hearing() == Hearing.OFF ? "OFF" : "SKIP";
            CommandFrame reply = CommandFrame.of("CLIENT", "REPLY", from);
            ready.sendRaw(reply.buffer(), reply.offset(), reply.length());
        }
        session.handler().switchToRaw(bytes -> toServer(ready, bytes));
        session.handler().resume();
    }

    private void toServer(UpstreamConnection ready, ByteBuf bytes) {
        if (ready.isClosed()) {
            return;
        }
        ready.sendRaw(bytes, bytes.readerIndex(), bytes.readableBytes());
        session.flow().sentTo(ready);
        if (!ready.isWritable()) {
            session.handler().suspend();
        }
    }

    @Override
    public void bytes(ByteBuf buffer, int offset, int length) {
        session.out().write(buffer, offset, length);
        UpstreamConnection current = connection;
        if (current != null) {
            session.flow().fedBy(current);
        }
    }

    @Override
    public void ended(Throwable cause) {
        session.end();
    }

    @Override
    public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
        throw new IllegalStateException("a pipe waits for no reply");
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        session.replyError("ERR slotless: " + cause.getMessage());
        session.end();
    }

    @Override
    public boolean isFree() {
        return false;
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    @Override
    public void abandon() {
        if (connection != null) {
            connection.close();
        }
    }
}
