package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.NodePool;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The shared connections of a backend by identity and shard, so that a command on its way costs an index, not a look-up.
 * What they are is for the {@link NodePool} to say. Used on its event loop only.
 */
final class Lanes {

    private final SlotOwners owners;
    private final NodePool pool;
    private final Map<Identity, Lane> lanes = new HashMap<>();
    /** Nearly always all clients are the same. */
    private @Nullable Lane last;

    Lanes(SlotOwners owners, NodePool pool) {
        this.owners = owners;
        this.pool = pool;
    }

    /** The connection to the primary of a slot, ready or not; null when none is known. */
    @Nullable
    UpstreamConnection to(int slot, Identity identity) {
        Lane lane = last;
        if (lane == null || !lane.isOf(identity)) {
            lane = lanes.computeIfAbsent(identity, Lane::new);
            last = lane;
        }
        return lane.to(slot);
    }

    /** Nobody is any of these any more. */
    void forget(Predicate<Identity> forgotten) {
        lanes.keySet().removeIf(forgotten);
        last = null;
    }

    private final class Lane {

        private final Identity identity;
        /** By {@link SlotOwners#shard}. */
        private @Nullable UpstreamConnection[] connections = new UpstreamConnection[0];
        /** Of the owners and of the pool, whose these connections are. */
        private int version = -1;

        private int replacements;

        Lane(Identity identity) {
            this.identity = identity;
        }

        boolean isOf(Identity other) {
            return identity == other || identity.equals(other);
        }

        @Nullable
        UpstreamConnection to(int slot) {
            int shard = owners.shard(slot);
            if (shard < 0) {
                return null;
            }
            if (version != owners.version() || replacements != pool.replacements()) {
                connections = new UpstreamConnection[owners.shardCount()];
                version = owners.version();
                replacements = pool.replacements();
            }
            UpstreamConnection connection = connections[shard];
            if (connection == null || !connection.isReady()) {
                Node node = owners.primary(slot);
                connection = node == null ? null : pool.shared(node, identity);
                connections[shard] = connection;
            }
            return connection;
        }
    }
}
