package io.slotless.sidecar.proxy.subscription;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.SlotOwners;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The node at which one client's channels and patterns live: the primary of the {@link SlotOwners#home home slot} at first;
 * when that is lost any other, sooner than a replica takes over from it. They stay where they are as long as that is a primary.
 */
final class PubSubHome {

    private final SlotOwners owners;
    private @Nullable Node node;
    /** The last one, if it was lost and no other has been found. */
    private @Nullable Node lost;

    PubSubHome(SlotOwners owners) {
        this.owners = owners;
    }

    /** The node, chosen if there is none; null when no node is known. */
    @Nullable
    Node choose() {
        if (node == null) {
            Node usual = owners.primary(owners.home());
            node = usual == null || usual.equals(lost) ? other(usual) : usual;
        }
        return node;
    }

    private @Nullable Node other(@Nullable Node usual) {
        return owners.primaries().stream()
                .filter(primary -> !primary.equals(lost))
                .findFirst()
                .orElse(usual);
    }

    boolean is(Node other) {
        return other.equals(node);
    }

    /** A connection to this node is lost. */
    void lost(Node gone) {
        if (gone.equals(node)) {
            lost = node;
            node = null;
        }
    }

    /** A node has taken subscriptions: whatever was lost before may be tried again. */
    void found() {
        lost = null;
    }

    void topologyChanged() {
        List<Node> primaries = owners.primaries();
        if (node != null && !primaries.contains(node)) {
            node = null;
        }
    }
}
