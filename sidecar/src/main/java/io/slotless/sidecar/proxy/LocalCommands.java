package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.routing.LocalCommand;
import io.slotless.sidecar.upstream.Identity;

/**
 * Answers what is about the connection between client and sidecar (Redis documentation, "Connection management
 * commands"), with Redis's own texts. What changes who a client is upstream is tried there before it counts.
 */
final class LocalCommands {

    private static final AsciiString TIMEOUT = AsciiString.cached("timeout");
    private static final AsciiString ERROR = AsciiString.cached("error");

    private LocalCommands() {}

    /** Returns false when the command must come again, once the client's earlier replies are there. */
    static boolean answer(ClientSession session, LocalCommand command, CommandFrame frame) {
        return switch (command) {
            case PING -> ping(session, frame);
            case ECHO -> reply(session, bulk(frame, 1));
            case QUIT -> quit(session);
            case CLIENT_ID -> reply(session, new RespValue.IntegerValue(session.id()));
            case CLIENT_GETNAME -> getName(session);
            case CLIENT_SETNAME -> setName(session, frame.argument(2));
            case CLIENT_UNBLOCK -> unblock(session, frame);
            case CLIENT_SETINFO -> reply(session, Replies.OK);
            case AUTH -> Dispatch.quiet(session) && auth(session, frame);
            case SELECT -> Dispatch.quiet(session) && select(session, frame.argument(1));
            case HELLO -> Dispatch.quiet(session) && HelloRequest.answer(session, frame);
            case RESET -> Dispatch.quiet(session) && session.subscriptions().end() && reset(session);
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

    private static boolean getName(ClientSession session) {
        return session.identity().name().isEmpty()
                ? reply(session, RespValue.NullValue.BULK_STRING)
                : reply(session, RespValue.bulk(session.identity().name()));
    }

    private static boolean setName(ClientSession session, String name) {
        if (!isValidName(name)) {
            return error(session, "ERR Client names cannot contain spaces, newlines or special characters.");
        }
        session.identity().name(name);
        return reply(session, Replies.OK);
    }

    /** As in Redis: printable ASCII without space. */
    static boolean isValidName(String name) {
        return name.chars().allMatch(c -> c >= '!' && c <= '~');
    }

    /** As in Redis 7.0, clientCommand. */
    private static boolean unblock(ClientSession session, CommandFrame frame) {
        boolean error = frame.argumentCount() > 3 && frame.argumentEqualsIgnoreCase(3, ERROR);
        if (frame.argumentCount() > 4) {
            return error(
                    session,
                    "ERR unknown subcommand or wrong number of arguments for '" + frame.argument(1)
                            + "'. Try CLIENT HELP.");
        }
        if (frame.argumentCount() == 4 && !error && !frame.argumentEqualsIgnoreCase(3, TIMEOUT)) {
            return error(session, "ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
        }
        long id = frame.argumentAsLong(2, Long.MIN_VALUE);
        if (id == Long.MIN_VALUE) {
            return error(session, "ERR value is not an integer or out of range");
        }
        ClientSession target = session.destination().session(id);
        if (target == null
                || !(target.replies().first() instanceof BlockingForward waiting)
                || waiting.hasBegunToReply()) {
            return reply(session, new RespValue.IntegerValue(0));
        }
        waiting.unblock(error ? Replies.error("UNBLOCKED client unblocked via CLIENT UNBLOCK") : waiting.nothing());
        return reply(session, new RespValue.IntegerValue(1));
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

    private static boolean select(ClientSession session, String argument) {
        int database;
        try {
            database = Integer.parseInt(argument);
        } catch (NumberFormatException e) {
            return error(session, "ERR value is not an integer or out of range");
        }
        if (database == session.identity().upstream().database()) {
            return reply(session, Replies.OK);
        }
        if (session.backend().hidesCluster()) {
            return error(session, "ERR SELECT is not allowed in cluster mode");
        }
        if (database < 0) {
            return error(session, "ERR DB index is out of range");
        }
        return become(session, session.identity().upstream().withDatabase(database));
    }

    private static boolean become(ClientSession session, Identity identity) {
        session.barrier();
        return Dispatch.add(session, new IdentityExchange(session, identity));
    }

    private static boolean reset(ClientSession session) {
        session.identity().reset(session.backend().config().credentials());
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
