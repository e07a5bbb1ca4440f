package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.proxy.identity.ClientTracking;
import io.slotless.sidecar.proxy.identity.IdentityExchange;
import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.routing.LocalCommand;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.upstream.Identity;

/**
 * Answers what is about the connection between client and sidecar (Redis documentation, "Connection management
 * commands"), with Redis's own texts. What changes who a client is upstream is tried there before it counts.
 */
final class LocalCommands {

    private static final AsciiString ON = AsciiString.cached("on");
    private static final AsciiString OFF = AsciiString.cached("off");

    private LocalCommands() {}

    /** Returns false when the command must come again, once the client's earlier replies are there. */
    static boolean answer(ClientSession session, LocalCommand command, CommandFrame frame) {
        return switch (command) {
            case PING -> ping(session, frame);
            case ECHO -> reply(session, bulk(frame, 1));
            case QUIT -> quit(session);
            case CLIENT_CAPA,
                    CLIENT_GETNAME,
                    CLIENT_ID,
                    CLIENT_INFO,
                    CLIENT_KILL,
                    CLIENT_LIST,
                    CLIENT_NO_EVICT,
                    CLIENT_REPLY,
                    CLIENT_SETINFO,
                    CLIENT_SETNAME,
                    CLIENT_UNBLOCK -> {
                ClientCommands.answer(session, command, frame);
                yield true;
            }
            case CLIENT_NO_TOUCH -> Dispatch.quiet(session) && noTouch(session, frame);
            case CLIENT_TRACKING -> Dispatch.quiet(session) && track(session, frame);
            case CLIENT_TRACKINGINFO -> reply(session, ClientTracking.info(session));
            case CLIENT_GETREDIR -> reply(session, ClientTracking.redirection(session));
            case CLIENT_CACHING -> {
                ClientTracking.caching(session, frame);
                yield true;
            }
            case AUTH -> Dispatch.quiet(session) && auth(session, frame);
            case SELECT -> Dispatch.quiet(session) && select(session, frame);
            case HELLO -> Dispatch.quiet(session) && HelloRequest.answer(session, frame);
            case RESET ->
                Dispatch.quiet(session)
                        && (!session.isSubscribed() || session.subscriptions().end())
                        && reset(session);
        };
    }

    private static boolean ping(ClientSession session, CommandFrame frame) {
        if (frame.argumentCount() > 2) {
            return error(session, "ERR wrong number of arguments for 'ping' command");
        }
        return frame.argumentCount() == 1 ? reply(session, Replies.PONG) : reply(session, bulk(frame, 1));
    }

    private static boolean quit(ClientSession session) {
        reply(session, Replies.OK);
        session.handler().stopReading();
        session.end();
        return true;
    }

    private static boolean auth(ClientSession session, CommandFrame frame) {
        if (frame.argumentCount() > 3) {
            return error(session, "ERR syntax error");
        }
        return become(session, session.identity().upstream().withCredentials(credentials(frame)));
    }

    /** What AUTH shows. */
    static Credentials credentials(CommandFrame auth) {
        return auth.argumentCount() == 2
                ? new Credentials(null, auth.argument(1))
                : new Credentials(auth.argument(1), auth.argument(2));
    }

    private static boolean select(ClientSession session, CommandFrame frame) {
        long database = frame.argumentAsLong(1, Long.MIN_VALUE);
        if (database != (int) database) {
            return error(session, "ERR value is not an integer or out of range");
        }
        boolean same = database == session.identity().upstream().database();
        if (session.backend().hidesCluster()) {
            return same ? reply(session, Replies.OK) : error(session, "ERR SELECT is not allowed in cluster mode");
        }
        if (same) {
            // Does no harm there, and only the server knows whether the client may.
            return Dispatch.carryOut(session, Route.ToAnyNode.ROUTE, frame);
        }
        if (database < 0) {
            return error(session, "ERR DB index is out of range");
        }
        return become(session, session.identity().upstream().withDatabase((int) database));
    }

    /** As in Redis 7.2, clientCommand; a server that does not know it says so. */
    private static boolean noTouch(ClientSession session, CommandFrame frame) {
        boolean on = frame.argumentEqualsIgnoreCase(2, ON);
        return on || frame.argumentEqualsIgnoreCase(2, OFF)
                ? become(session, session.identity().upstream().withNoTouch(on))
                : error(session, "ERR syntax error");
    }

    private static boolean track(ClientSession session, CommandFrame frame) {
        ClientTracking.request(session, frame, session.destination()::hasClient, () -> isIdle(session.replies()));
        return true;
    }

    /** Who waits for a blocking command has nothing to be overtaken. */
    private static boolean isIdle(ReplyQueue replies) {
        return replies.isEmpty()
                || replies.size() == 1
                        && replies.first() instanceof BlockingForward blocked
                        && !blocked.hasBegunToReply();
    }

    private static boolean become(ClientSession session, Identity identity) {
        session.barrier();
        return Dispatch.add(session, new IdentityExchange(session, identity));
    }

    private static boolean reset(ClientSession session) {
        session.identity().reset(session.backend().config().credentials());
        session.replies().hear(Hearing.ON);
        return reply(session, Replies.RESET);
    }

    private static ByteBuf bulk(CommandFrame frame, int argument) {
        ByteBuf reply = Unpooled.buffer(frame.argumentLength(argument) + 16);
        RespWriter.writeBulkString(
                reply, frame.buffer(), frame.argumentOffset(argument), frame.argumentLength(argument));
        return reply;
    }

    private static boolean reply(ClientSession session, RespValue value) {
        return reply(session, Replies.of(value, session.identity().upstream().protocol()));
    }

    private static boolean reply(ClientSession session, ByteBuf reply) {
        session.reply(reply.duplicate());
        return true;
    }

    static boolean error(ClientSession session, String text) {
        session.replyError(text);
        return true;
    }

    /** RESP2 or RESP3 by its number. */
    static ProtocolVersion protocol(long version) {
        return version == 3 ? ProtocolVersion.RESP3 : ProtocolVersion.RESP2;
    }
}
