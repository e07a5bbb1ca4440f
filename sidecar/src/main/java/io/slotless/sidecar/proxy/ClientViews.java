package io.slotless.sidecar.proxy;

import io.slotless.sidecar.clients.ClientView;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.proxy.client.ClientIdentity;
import io.slotless.sidecar.proxy.identity.ClientTracking;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.Identity;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ClientView} of a session. */
final class ClientViews {

    private ClientViews() {}

    /** @param command what it is doing now; else the last one it did */
    static ClientView of(ClientSession session, String command) {
        Peer peer = session.peer();
        ClientIdentity identity = session.identity();
        Identity upstream = identity.upstream();
        return new ClientView(
                new ClientView.Connection(peer.id(), peer.remote(), peer.local(), identity.name()),
                TimeUnit.MILLISECONDS.toSeconds(Math.max(0, System.currentTimeMillis() - peer.sinceMillis())),
                session.traffic().idleSeconds(),
                flags(session),
                upstream.database(),
                session.isSubscribed() ? session.subscriptions().view() : ClientView.Subscriptions.NONE,
                session.state().queued(),
                session.out().pending(),
                command,
                user(upstream.credentials()),
                ClientTracking.isOn(session) ? 0 : -1,
                upstream.protocol() == ProtocolVersion.RESP3 ? 3 : 2,
                identity.library());
    }

    static ClientView of(ClientSession session) {
        return of(session, session.traffic().lastCommand());
    }

    private static String flags(ClientSession session) {
        return (session.isSubscribed() ? "P" : "")
                + (session.state().queued() >= 0 ? "x" : "")
                + (session.replies().first() instanceof BlockingForward ? "b" : "")
                + ClientTracking.flags(session)
                + (session.identity().isEvictable() ? "" : "e")
                + (session.identity().upstream().noTouch() ? "T" : "");
    }

    private static String user(@Nullable Credentials credentials) {
        String name = credentials == null ? null : credentials.username();
        return name == null ? "default" : name;
    }
}
