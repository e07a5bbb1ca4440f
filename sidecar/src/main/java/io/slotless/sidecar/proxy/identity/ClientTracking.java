package io.slotless.sidecar.proxy.identity;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.proxy.reply.ReplyLine;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.tracking.TrackingOption;
import io.slotless.sidecar.tracking.TrackingOptions;
import io.slotless.sidecar.tracking.TrackingRequest;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.Tracking;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * CLIENT TRACKING of one client: as long as it lasts, the client's commands go over connections of its own, which track what
 * they read. Whatever makes a server forget what it has tracked is told as an invalidation of all keys. Used on the client's
 * event loop only.
 */
public final class ClientTracking implements Tracking.Invalidations {

    private static final AsciiString YES = AsciiString.cached("yes");
    private static final AsciiString NO = AsciiString.cached("no");

    private final Client client;
    private final TrackingOptions options;
    private final Tracking upstream;
    private final BooleanSupplier idle;
    /** The last that had to wait for replies. */
    private @Nullable WaitingInvalidations waiting;

    private ClientTracking(Client client, TrackingOptions options, BooleanSupplier idle) {
        this.client = client;
        this.options = options;
        this.idle = idle;
        this.upstream = new Tracking(options.command(), this);
    }

    /** Null when the client is not tracked. */
    private static @Nullable ClientTracking of(Identity identity) {
        Tracking tracking = identity.tracking();
        return tracking == null ? null : (ClientTracking) tracking.invalidations();
    }

    private static @Nullable TrackingOptions options(Client client) {
        ClientTracking current = of(client.upstream());
        return current == null ? null : current.options;
    }

    /**
     * CLIENT TRACKING; nothing is outstanding.
     *
     * @param isClient whether there is a client with an id
     * @param idle whether nothing that this client waits for could be overtaken by an invalidation
     */
    public static void request(Client client, CommandFrame frame, LongPredicate isClient, BooleanSupplier idle) {
        Identity identity = client.upstream();
        TrackingRequest request = TrackingRequest.parse(frame, options(client), isClient);
        if (request instanceof TrackingRequest.Refused refused) {
            client.replyError(refused.error());
        } else if (request instanceof TrackingRequest.On on) {
            client.barrier();
            ClientTracking tracking = new ClientTracking(client, on.options(), idle);
            client.add(new TrackingStart(
                    client,
                    identity.withTracking(tracking.upstream),
                    tracking.isBcast() ? TrackingStart.Reads.ALL : TrackingStart.Reads.OWN));
        } else {
            client.identity().become(identity.withTracking(null));
            client.reply(Replies.OK.duplicate());
        }
    }

    public static boolean isOn(Client client) {
        return options(client) != null;
    }

    /** What CLIENT LIST shows of it. */
    public static String flags(Client client) {
        TrackingOptions current = options(client);
        if (current == null) {
            return "";
        }
        return current.has(TrackingOption.BCAST) ? "tB" : "t";
    }

    /** The reply to CLIENT TRACKINGINFO. */
    public static RespValue info(Client client) {
        return TrackingOptions.info(options(client));
    }

    /** The reply to CLIENT GETREDIR. */
    public static RespValue redirection(Client client) {
        return new RespValue.IntegerValue(isOn(client) ? 0 : -1);
    }

    /** CLIENT CACHING: everything is tracked anyway. Errors as in Redis 7.0, clientCommand. */
    public static void caching(Client client, CommandFrame frame) {
        TrackingOptions current = options(client);
        boolean yes = frame.argumentEqualsIgnoreCase(2, YES);
        if (current == null) {
            client.replyError("ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
                    + " OPTOUT mode enabled");
        } else if (!yes && !frame.argumentEqualsIgnoreCase(2, NO)) {
            client.replyError("ERR syntax error");
        } else if (yes && !current.has(TrackingOption.OPTIN)) {
            client.replyError("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
        } else if (!yes && !current.has(TrackingOption.OPTOUT)) {
            client.replyError("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
        } else {
            client.reply(Replies.OK.duplicate());
        }
    }

    /** The client has become another upstream, on the backend it is on. */
    public static void changed(Client client, Identity before, Identity now) {
        if (!before.equals(now)) {
            leave(client.backend(), before, now, now);
            enter(client.backend(), before, now);
        }
    }

    /** The client has gone over to its backend of now. */
    public static void moved(Client client, Backend from, Identity before) {
        Identity now = client.upstream();
        leave(from, before, now, null);
        if (before.equals(now)) {
            enter(client.backend(), before, now);
        }
    }

    /** The client has left. */
    public static void ended(Client client) {
        Identity identity = client.upstream();
        leave(client.backend(), identity, identity.withTracking(null), null);
    }

    /** The client was to be this, if it has not become so: nobody will be. */
    static void discard(Client client, Backend backend, Identity identity) {
        leave(backend, identity, client.upstream(), identity);
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

    /** A reply that came before an invalidation must reach the client before it, or the client would keep what is stale. */
    private void push(ByteBuf frame, int offset, int length) {
        if (client.upstream().tracking() != upstream || client.upstream().protocol() != ProtocolVersion.RESP3) {
            return;
        }
        if (idle.getAsBoolean()) {
            client.push(null, frame, offset, length);
            return;
        }
        ReplyLine replies = client.replies();
        if (waiting == null || !replies.isLast(waiting)) {
            waiting = new WaitingInvalidations();
            replies.add(waiting);
        }
        waiting.add(client.allocator(), frame, offset, length);
    }
}
