package io.slotless.sidecar.proxy.subscription;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Backend;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.pubsub.LineRequest;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.Identity;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One client's connections with subscriptions, one for each node and identity, and who waits for what was said on them. */
final class LineSet {

    private final Client client;
    private final int maxBuffered;
    private final SubscriptionLine.LineOwner owner;
    private final Map<Key, SubscriptionLine> lines = new HashMap<>();
    private final Map<LineRequest, Runnable> waiting = new IdentityHashMap<>();

    LineSet(Client client, int maxBuffered, SubscriptionLine.LineOwner owner) {
        this.client = client;
        this.maxBuffered = maxBuffered;
        this.owner = owner;
    }

    /** The one to a node as who the client is now; perhaps to be {@link SubscriptionLine#open opened}. */
    SubscriptionLine to(Node node, Backend backend) {
        // What else the client is concerns what it reads.
        Identity identity = new Identity(client.upstream().credentials(), ProtocolVersion.RESP2, 0);
        return lines.computeIfAbsent(
                new Key(node, identity),
                key -> new SubscriptionLine(backend.takePrivate(node, identity), identity, owner, client, maxBuffered));
    }

    List<SubscriptionLine> all() {
        return List.copyOf(lines.values());
    }

    /** Calls back when all messages that this node has sent before now were given to the client. */
    void afterMessages(Node node, Runnable then) {
        for (SubscriptionLine line : lines.values()) {
            if (line.node().equals(node)) {
                LineRequest ping = LineRequest.ping();
                waiting.put(ping, then);
                line.ask(ping);
                return;
            }
        }
        then.run();
    }

    /** A request is over. */
    void answered(LineRequest request) {
        Runnable then = waiting.remove(request);
        if (then != null) {
            then.run();
        }
    }

    /** It is over with this one; false if that was known. */
    boolean remove(SubscriptionLine line) {
        if (!lines.values().remove(line)) {
            return false;
        }
        line.unanswered().forEach(this::answered);
        return true;
    }

    private record Key(Node node, Identity identity) {}
}
