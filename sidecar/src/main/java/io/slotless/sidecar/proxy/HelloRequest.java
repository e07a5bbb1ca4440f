package io.slotless.sidecar.proxy;

import io.netty.util.AsciiString;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.Identity;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HELLO as a client says it (Redis documentation, HELLO).
 *
 * @param identity who the client is when the server agrees
 * @param name the client's new name; null when it does not set one
 */
record HelloRequest(Identity identity, @Nullable String name) {

    private static final AsciiString AUTH = AsciiString.cached("auth");
    private static final AsciiString SETNAME = AsciiString.cached("setname");

    static boolean answer(ClientSession session, CommandFrame frame) {
        HelloRequest request = parse(session, frame, session::replyError);
        if (request == null) {
            return true;
        }
        session.barrier();
        return Dispatch.add(session, new HelloExchange(session, request));
    }

    /** Null when it is not to be understood: then {@code error} has got the error. */
    static @Nullable HelloRequest parse(ClientSession session, CommandFrame frame, Consumer<String> error) {
        Identity identity = session.identity().upstream();
        String name = null;
        boolean authenticates = false;
        if (frame.argumentCount() > 1) {
            long version = frame.argumentAsLong(1, Long.MIN_VALUE);
            if (version == Long.MIN_VALUE) {
                return refused(error, "ERR Protocol version is not an integer or out of range");
            }
            if (version != 2 && version != 3) {
                return refused(error, "NOPROTO unsupported protocol version");
            }
            identity = identity.withProtocol(LocalCommands.protocol(version));
        }
        int next = 2;
        while (next < frame.argumentCount()) {
            int more = frame.argumentCount() - 1 - next;
            if (frame.argumentEqualsIgnoreCase(next, AUTH) && more >= 2) {
                identity =
                        identity.withCredentials(new Credentials(frame.argument(next + 1), frame.argument(next + 2)));
                authenticates = true;
                next += 3;
            } else if (frame.argumentEqualsIgnoreCase(next, SETNAME) && more >= 1) {
                name = frame.argument(next + 1);
                if (!ClientCommands.isValidName(name)) {
                    return refused(error, "ERR Client names cannot contain spaces, newlines or special characters.");
                }
                if (!authenticates) {
                    // As Redis does, whatever is wrong with what follows.
                    session.identity().name(name);
                }
                next += 2;
            } else {
                return refused(error, "ERR Syntax error in HELLO option '" + frame.argument(next) + "'");
            }
        }
        return new HelloRequest(identity, name);
    }

    /** The server has agreed. */
    void takeEffect(ClientSession session) {
        session.identity().become(identity);
        if (session.isSubscribed()) {
            SubscribedState.subscriptionsChanged(session);
        }
        if (name != null) {
            session.identity().name(name);
        }
    }

    private static @Nullable HelloRequest refused(Consumer<String> error, String text) {
        error.accept(text);
        return null;
    }
}
