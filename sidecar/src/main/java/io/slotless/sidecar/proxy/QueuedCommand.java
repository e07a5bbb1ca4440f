package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.slotless.sidecar.proxy.client.ClientIdentity;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.ReadyReply;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.LocalCommand;
import io.slotless.sidecar.routing.Reach;
import io.slotless.sidecar.routing.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is queued at the server.
 *
 * @param frame the client's own, or one that holds the place of a command that is answered here
 * @param edit makes the client's reply of the server's; null when they are the same
 * @param elsewhere what other nodes are to do, too, when the transaction has run; null when none are
 */
record QueuedCommand(CommandFrame frame, @Nullable ExecEdit edit, Route.@Nullable FanOut elsewhere) {

    /** Does nothing within EXEC, and who may use MULTI may use it. */
    private static final CommandFrame PLACE = CommandFrame.of("UNWATCH");

    private QueuedCommand(CommandFrame frame, @Nullable ExecEdit edit) {
        this(frame, edit, null);
    }

    /** How to queue a command whose route outside would be this one. */
    static QueuedCommand of(ClientSession session, CommandFrame frame, Route route) {
        if (route instanceof Route.Reject reject) {
            return new QueuedCommand(PLACE, (reply, out) -> writeAndRelease(Replies.error(reject.error()), out));
        }
        if (route instanceof Route.OneNode asked) {
            CommandFrame kept = copy(frame);
            return new QueuedCommand(
                    PLACE, (reply, out) -> writeAndRelease(Appearance.answer(session, asked.command(), kept), out));
        }
        if (route instanceof Route.Info) {
            return new QueuedCommand(frame, null, new Route.FanOut(Reach.REACHABLE, InfoReply.merge(session)));
        }
        if (route instanceof Route.FanOut fanOut) {
            return new QueuedCommand(frame, null, fanOut);
        }
        if (route instanceof Route.Script script) {
            return new QueuedCommand(frame, null, Scripts.fanOut(session, script.command(), frame));
        }
        if (route instanceof Route.Eval || route instanceof Route.EvalSha) {
            return asItIs(Scripts.withScript(session, route, frame));
        }
        return route instanceof Route.Local local ? local(session, frame, local.command()) : asItIs(frame);
    }

    /** Whether what it does to its connection outlasts the transaction. */
    static boolean changesConnection(Route route) {
        return route instanceof Route.Local local
                && switch (local.command()) {
                    case AUTH, HELLO, SELECT -> true;
                    default -> false;
                };
    }

    private static QueuedCommand asItIs(CommandFrame frame) {
        return new QueuedCommand(frame, null);
    }

    private static QueuedCommand local(ClientSession session, CommandFrame frame, LocalCommand command) {
        return switch (command) {
            case PING, ECHO -> asItIs(frame);
            case AUTH, SELECT -> new QueuedCommand(frame, becomes(session, command, copy(frame)));
            case HELLO -> new QueuedCommand(frame, hello(session, copy(frame)));
            default -> new QueuedCommand(PLACE, answered(session, command, copy(frame)));
        };
    }

    /** The reply is made here, when the transaction has run. */
    private static ExecEdit answered(ClientSession session, LocalCommand command, CommandFrame frame) {
        return (reply, out) -> {
            // What is answered behind EXEC belongs into EXEC's reply.
            LocalCommands.answer(session, command, frame);
            Pending answered = session.replies().removeLast();
            ByteBuf answer = answered instanceof ReadyReply ready ? ready.take() : null;
            answered.abandon();
            writeAndRelease(
                    answer == null ? Replies.error("ERR slotless: not possible inside a transaction") : answer, out);
        };
    }

    private static ExecEdit becomes(ClientSession session, LocalCommand command, CommandFrame frame) {
        return (reply, out) -> {
            out.writeBytes(reply, reply.readerIndex(), reply.readableBytes());
            if (reply.getByte(reply.readerIndex()) == '-') {
                return;
            }
            ClientIdentity identity = session.identity();
            identity.become(
                    command == LocalCommand.AUTH
                            ? identity.upstream().withCredentials(LocalCommands.credentials(frame))
                            : identity.upstream().withDatabase((int) frame.argumentAsLong(1, 0)));
        };
    }

    private static ExecEdit hello(ClientSession session, CommandFrame frame) {
        return (reply, out) -> {
            HelloRequest request = HelloRequest.parse(session, frame, ignored -> {});
            if (request == null || reply.getByte(reply.readerIndex()) == '-') {
                out.writeBytes(reply, reply.readerIndex(), reply.readableBytes());
                return;
            }
            request.takeEffect(session);
            RespValue value = new RespReader(RespLimits.DEFAULT).read(reply.duplicate());
            writeAndRelease(
                    Replies.of(
                            HelloExchange.shown(session, value),
                            request.identity().protocol()),
                    out);
        };
    }

    private static void writeAndRelease(ByteBuf reply, ByteBuf out) {
        out.writeBytes(reply);
        reply.release();
    }

    private static CommandFrame copy(CommandFrame frame) {
        List<byte[]> arguments = new ArrayList<>(frame.argumentCount());
        for (int i = 0; i < frame.argumentCount(); i++) {
            arguments.add(ByteBufUtil.getBytes(frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i)));
        }
        return CommandFrame.of(arguments);
    }
}
