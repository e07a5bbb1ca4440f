package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.tracking.TrackingOption;
import io.slotless.sidecar.tracking.TrackingOptions;
import io.slotless.sidecar.tracking.TrackingRequest;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.Tracking;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT TRACKING of one client: as long as it lasts, the client's commands go over connections of its own, which track what
 * they read. Whatever makes a server forget what it has tracked is told as an invalidation of all keys. Used on the client's
 * event loop only.
 */
final class ClientTracking implements Tracking.Invalidations {

    private static final AsciiString YES = AsciiString.cached("yes");
    private static final AsciiString NO = AsciiString.cached("no");

    private final ClientSession session;
    private final TrackingOptions options;
    private final Tracking upstream;
    /** The last that had to wait for replies. */
    private @Nullable WaitingInvalidations waiting;

    private ClientTracking(ClientSession session, TrackingOptions options) {
        this.session = session;
        this.options = options;
        this.upstream = new Tracking(options.command(), this);
    }

    /** Null when the client is not tracked. */
    private static @Nullable ClientTracking of(Identity identity) {
        Tracking tracking = identity.tracking();
        return tracking == null ? null : (ClientTracking) tracking.invalidations();
    }

    private static @Nullable TrackingOptions options(ClientSession session) {
        ClientTracking current = of(session.identity().upstream());
        return current == null ? null : current.options;
    }

    /** CLIENT TRACKING; nothing is outstanding. */
    static boolean request(ClientSession session, CommandFrame frame) {
        Identity identity = session.identity().upstream();
        TrackingRequest request = TrackingRequest.parse(frame, options(session), session.destination()::hasClient);
        if (request instanceof TrackingRequest.Refused refused) {
            session.replyError(refused.error());
        } else if (request instanceof TrackingRequest.On on) {
            session.barrier();
            ClientTracking tracking = new ClientTracking(session, on.options());
            return Dispatch.add(
                    session,
                    new TrackingStart(
                            session,
                            identity.withTracking(tracking.upstream),
                            tracking.isBcast() ? TrackingStart.Reads.ALL : TrackingStart.Reads.OWN));
        } else {
            session.identity().become(identity.withTracking(null));
            session.reply(Replies.OK.duplicate());
        }
        return true;
    }

    static boolean isOn(ClientSession session) {
        return options(session) != null;
    }

    /** What CLIENT LIST shows of it. */
    static String flags(ClientSession session) {
        TrackingOptions current = options(session);
        if (current == null) {
            return "";
        }
        return current.has(TrackingOption.BCAST) ? "tB" : "t";
    }

    /** The reply to CLIENT TRACKINGINFO. */
    static RespValue info(ClientSession session) {
        return TrackingOptions.info(options(session));
    }

    /** The reply to CLIENT GETREDIR. */
    static RespValue redirection(ClientSession session) {
        return new RespValue.IntegerValue(isOn(session) ? 0 : -1);
    }

    /** CLIENT CACHING: everything is tracked anyway. Errors as in Redis 7.0, clientCommand. */
    static boolean caching(ClientSession session, CommandFrame frame) {
        TrackingOptions current = options(session);
        boolean yes = frame.argumentEqualsIgnoreCase(2, YES);
        if (current == null) {
            session.replyError("ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
                    + " OPTOUT mode enabled");
        } else if (!yes && !frame.argumentEqualsIgnoreCase(2, NO)) {
            session.replyError("ERR syntax error");
        } else if (yes && !current.has(TrackingOption.OPTIN)) {
            session.replyError("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
        } else if (!yes && !current.has(TrackingOption.OPTOUT)) {
            session.replyError("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
        } else {
            session.reply(Replies.OK.duplicate());
        }
        return true;
    }

    /** The client has become another upstream, on the backend it is on. */
    static void changed(ClientSession session, Identity before, Identity now) {
        if (!before.equals(now)) {
            leave(session.backend(), before, now, now);
            enter(session.backend(), before, now);
        }
    }

    /** The client has gone over to its backend of now. */
    static void moved(ClientSession session, Backend from, Identity before) {
        Identity now = session.identity().upstream();
        leave(from, before, now, null);
        if (before.equals(now)) {
            enter(session.backend(), before, now);
        }
    }

    /** The client has left. */
    static void ended(ClientSession session) {
        Identity identity = session.identity().upstream();
        leave(session.backend(), identity, identity.withTracking(null), null);
    }

    /** The client was to be this, if it has not become so: nobody will be. */
    static void discard(ClientSession session, Backend backend, Identity identity) {
        leave(backend, identity, session.identity().upstream(), identity);
    }

    /** @param kept what the client still is at that backend */
    private static void leave(Backend backend, Identity before, Identity now, @Nullable Identity kept) {
        Tracking tracking = before.tracking();
        if (tracking == null) {
            return;
        }
        if (tracking != now.tracking()) {
            tracking.end();
        }
        backend.forget(tracking, tracking == now.tracking() ? kept : null);
    }

    private static void enter(Backend backend, Identity before, Identity now) {
        ClientTracking tracking = of(now);
        if (tracking == null) {
            return;
        }
        if (tracking.isBcast()) {
            backend.connectEverywhere(now);
        }
        if (before.tracking() != null && before.tracking() != now.tracking()) {
            tracking.lost();
        }
    }

    private boolean isBcast() {
        return options.has(TrackingOption.BCAST);
    }

    @Override
    public void pushed(UpstreamConnection from, ByteBuf frame, int offset, int length) {
        push(frame, offset, length);
    }

    @Override
    public void lost() {
        ByteBuf everything = Replies.INVALIDATE_ALL;
        push(everything, everything.readerIndex(), everything.readableBytes());
    }

    /**
     * A reply that came before an invalidation must reach the client before it, or the client would keep what is stale. Who
     * waits for a blocking command has nothing to be overtaken.
     */
    private void push(ByteBuf frame, int offset, int length) {
        if (session.identity().upstream().tracking() != upstream
                || session.identity().upstream().protocol() != ProtocolVersion.RESP3) {
            return;
        }
        ReplyQueue replies = session.replies();
        if (replies.isEmpty()
                || replies.size() == 1
                        && replies.first() instanceof BlockingForward blocked
                        && !blocked.hasBegunToReply()) {
            session.push(null, frame, offset, length);
            return;
        }
        if (waiting == null || !replies.isLast(waiting)) {
            waiting = new WaitingInvalidations();
            replies.add(waiting);
        }
        waiting.add(session.allocator(), frame, offset, length);
    }
}
