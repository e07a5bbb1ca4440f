package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.command.CommandErrors;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;

/**
 * As long as a client that speaks RESP2 is subscribed to something, it may say little else (Redis 7.0,
 * {@code processCommand}): it could not tell replies from messages. What it was in before goes on behind that.
 */
final class SubscribedState implements SessionState {

    private final ClientSession session;
    private final SessionState beneath;

    SubscribedState(ClientSession session, SessionState beneath) {
        this.session = session;
        this.beneath = beneath;
    }

    /** The client is subscribed to something else now, or speaks another protocol version: what it may say hangs on both. */
    static void subscriptionsChanged(ClientSession session) {
        boolean restricted = session.subscriptions().restrict();
        if (session.state() instanceof SubscribedState subscribed) {
            session.enter(restricted ? subscribed : subscribed.beneath);
        } else if (restricted) {
            session.enter(new SubscribedState(session, session.state()));
        }
    }

    @Override
    public boolean command(CommandFrame frame) {
        CommandTable table = session.backend().router().table();
        Command command = table.find(frame);
        if (command == null) {
            return refuse(CommandErrors.unknown(table, frame));
        }
        if (!command.arityFits(frame.argumentCount())) {
            return refuse(CommandErrors.wrongArity(command));
        }
        return switch (command.name()) {
            case "ping" -> ping(frame);
            case "subscribe",
                    "unsubscribe",
                    "psubscribe",
                    "punsubscribe",
                    "ssubscribe",
                    "sunsubscribe",
                    "quit",
                    "reset" -> session.carryOut(session.backend().router().route(frame), frame);
            default ->
                refuse("ERR Can't execute '" + command.name()
                        + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT"
                        + " / RESET are allowed in this context");
        };
    }

    private boolean ping(CommandFrame frame) {
        if (frame.argumentCount() > 2) {
            return refuse("ERR wrong number of arguments for 'ping' command");
        }
        ByteBuf reply = Unpooled.buffer();
        RespWriter.writeArrayHeader(reply, 2);
        RespWriter.writeBulkString(reply, "pong");
        if (frame.argumentCount() == 1) {
            RespWriter.writeBulkString(reply, "");
        } else {
            RespWriter.writeBulkString(reply, frame.buffer(), frame.argumentOffset(1), frame.argumentLength(1));
        }
        session.reply(reply);
        return true;
    }

    private boolean refuse(String error) {
        session.replyError(error);
        return true;
    }

    @Override
    public boolean isFree() {
        return beneath.isFree();
    }

    @Override
    public boolean mayEnd() {
        return beneath.mayEnd();
    }

    @Override
    public int queued() {
        return beneath.queued();
    }

    @Override
    public void abandon() {
        beneath.abandon();
    }
}
