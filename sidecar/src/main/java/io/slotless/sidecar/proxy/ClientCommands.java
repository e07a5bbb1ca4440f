package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.clients.ClientRequestException;
import io.slotless.sidecar.clients.ClientView;
import io.slotless.sidecar.clients.ClientView.Library;
import io.slotless.sidecar.clients.KillRequest;
import io.slotless.sidecar.clients.ListRequest;
import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.proxy.reply.LaterReply;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.LocalCommand;
import java.util.List;
import java.util.function.Function;

/**
 * Answers CLIENT with what it means for this sidecar's clients of one destination: an application sees its own connections
 * (Redis documentation, CLIENT; texts of Redis 7.0, networking.c).
 */
final class ClientCommands {

    private static final String SYNTAX_ERROR = "ERR syntax error";
    private static final AsciiString TIMEOUT = AsciiString.cached("timeout");
    private static final AsciiString ERROR = AsciiString.cached("error");
    private static final AsciiString ON = AsciiString.cached("on");
    private static final AsciiString OFF = AsciiString.cached("off");
    private static final AsciiString SKIP = AsciiString.cached("skip");
    private static final AsciiString LIB_NAME = AsciiString.cached("lib-name");
    private static final AsciiString LIB_VER = AsciiString.cached("lib-ver");

    private ClientCommands() {}

    static void answer(ClientSession session, LocalCommand command, CommandFrame frame) {
        switch (command) {
            case CLIENT_CAPA -> session.reply(Replies.OK.duplicate());
            case CLIENT_GETNAME -> getName(session);
            case CLIENT_ID -> reply(session, new RespValue.IntegerValue(session.id()));
            case CLIENT_INFO -> info(session);
            case CLIENT_KILL -> kill(session, frame);
            case CLIENT_LIST -> list(session, frame);
            case CLIENT_NO_EVICT -> noEvict(session, frame);
            case CLIENT_REPLY -> hear(session, frame);
            case CLIENT_SETINFO -> setInfo(session, frame);
            case CLIENT_SETNAME -> setName(session, frame.argument(2));
            case CLIENT_UNBLOCK -> unblock(session, frame);
            default -> throw new IllegalArgumentException(command.toString());
        }
    }

    /** As in Redis: printable ASCII without space. */
    static boolean isValidName(String name) {
        return name.chars().allMatch(c -> c >= '!' && c <= '~');
    }

    private static void getName(ClientSession session) {
        String name = session.identity().name();
        reply(session, name.isEmpty() ? RespValue.NullValue.BULK_STRING : RespValue.bulk(name));
    }

    private static void setName(ClientSession session, String name) {
        if (!isValidName(name)) {
            session.replyError("ERR Client names cannot contain spaces, newlines or special characters.");
            return;
        }
        session.identity().name(name);
        session.reply(Replies.OK.duplicate());
    }

    private static void setInfo(ClientSession session, CommandFrame frame) {
        Library library = session.identity().library();
        String value = frame.argument(3);
        boolean name = frame.argumentEqualsIgnoreCase(2, LIB_NAME);
        if (!name && !frame.argumentEqualsIgnoreCase(2, LIB_VER)) {
            session.replyError("ERR Unrecognized option '" + frame.argument(2) + "'");
        } else if (!isValidName(value)) {
            session.replyError("ERR " + (name ? "lib-name" : "lib-ver")
                    + " cannot contain spaces, newlines or special characters.");
        } else {
            session.identity()
                    .library(name ? new Library(value, library.version()) : new Library(library.name(), value));
            session.reply(Replies.OK.duplicate());
        }
    }

    private static void noEvict(ClientSession session, CommandFrame frame) {
        boolean on = frame.argumentEqualsIgnoreCase(2, ON);
        if (!on && !frame.argumentEqualsIgnoreCase(2, OFF)) {
            session.replyError(SYNTAX_ERROR);
            return;
        }
        if (on) {
            session.identity().mustNotBeEvicted();
        } else {
            session.identity().mayBeEvicted();
        }
        session.reply(Replies.OK.duplicate());
    }

    private static void hear(ClientSession session, CommandFrame frame) {
        if (frame.argumentEqualsIgnoreCase(2, ON)) {
            session.identity().hearing(Hearing.ON);
            session.replies().hear(Hearing.ON);
            session.reply(Replies.OK.duplicate());
        } else if (frame.argumentEqualsIgnoreCase(2, OFF)) {
            session.identity().hearing(Hearing.OFF);
            session.replies().hear(Hearing.OFF);
        } else if (!frame.argumentEqualsIgnoreCase(2, SKIP)) {
            session.replyError(SYNTAX_ERROR);
        } else if (session.identity().hearing() == Hearing.ON) {
            session.enter(new SkippingState(session, session.state()));
        }
    }

    private static void info(ClientSession session) {
        ClientView view = ClientViews.of(session, "client|info");
        reply(session, new RespValue.VerbatimString("txt", view.line() + "\n"));
    }

    private static void list(ClientSession session, CommandFrame frame) {
        try {
            ListRequest request = ListRequest.of(frame);
            ask(
                    session,
                    destination -> destination.views(session.id(), "client|list"),
                    views -> reply(
                            new RespValue.VerbatimString(
                                    "txt",
                                    request.lines(
                                            views.stream().flatMap(List::stream).toList())),
                            session));
        } catch (ClientRequestException refused) {
            session.replyError(refused.error());
        }
    }

    private static void kill(ClientSession session, CommandFrame frame) {
        try {
            KillRequest request = KillRequest.of(frame);
            if (request.user() == null || request.user().equals("default")) {
                ask(
                        session,
                        destination -> destination.kill(request, session.id()),
                        killed -> killed(session, request, killed));
                endIfMeant(session, request);
            } else {
                // It may mean who says it, and then nothing comes behind it.
                session.barrier();
                KillByUser conversation = new KillByUser(session, request);
                session.replies().add(conversation);
                conversation.start();
            }
        } catch (ClientRequestException refused) {
            session.replyError(refused.error());
        }
    }

    /** The reply, when all event loops have told how many others they have ended. */
    static ByteBuf killed(ClientSession session, KillRequest request, List<Integer> others) {
        int count = others.stream().mapToInt(each -> each).sum() + (meansItself(session, request) ? 1 : 0);
        return switch (request.form()) {
            case NEW -> reply(new RespValue.IntegerValue(count), session);
            case OLD -> count == 0 ? Replies.error("ERR No such client") : Replies.OK.duplicate();
        };
    }

    /** Who kills itself gets the reply first. */
    static void endIfMeant(ClientSession session, KillRequest request) {
        if (meansItself(session, request)) {
            session.handler().stopReading();
            session.end();
        }
    }

    private static boolean meansItself(ClientSession session, KillRequest request) {
        return request.means(ClientViews.of(session, "client|kill"), session.id());
    }

    private static void unblock(ClientSession session, CommandFrame frame) {
        boolean error = frame.argumentCount() > 3 && frame.argumentEqualsIgnoreCase(3, ERROR);
        if (frame.argumentCount() > 4) {
            session.replyError("ERR unknown subcommand or wrong number of arguments for '" + frame.argument(1)
                    + "'. Try CLIENT HELP.");
            return;
        }
        if (frame.argumentCount() == 4 && !error && !frame.argumentEqualsIgnoreCase(3, TIMEOUT)) {
            session.replyError("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
            return;
        }
        long id = frame.argumentAsLong(2, Long.MIN_VALUE);
        if (id == Long.MIN_VALUE) {
            session.replyError("ERR value is not an integer or out of range");
            return;
        }
        Unblocking how = error ? Unblocking.BY_ERROR : Unblocking.BY_TIMEOUT;
        ask(
                session,
                destination -> destination.unblock(id, how),
                done -> reply(new RespValue.IntegerValue(done.contains(true) ? 1 : 0), session));
    }

    /** Asks all event loops, and makes the reply of what they say. */
    private static <T> void ask(
            ClientSession session, Function<Destination, T> question, Function<List<T>, ByteBuf> reply) {
        Siblings siblings = session.destination().siblings();
        if (siblings.areNone()) {
            session.reply(reply.apply(List.of(question.apply(session.destination()))));
            return;
        }
        LaterReply later = new LaterReply(session.replies());
        session.replies().add(later);
        siblings.ask(question, answers -> later.complete(reply.apply(answers)));
    }

    private static void reply(ClientSession session, RespValue value) {
        session.reply(reply(value, session));
    }

    private static ByteBuf reply(RespValue value, ClientSession session) {
        return Replies.of(value, session.identity().upstream().protocol());
    }
}
