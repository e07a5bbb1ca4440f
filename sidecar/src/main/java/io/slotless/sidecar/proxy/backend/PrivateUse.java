package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A private connection in the hands of one command, until the command is over. */
public final class PrivateUse {

    private final Backend backend;
    private final Identity identity;
    private @Nullable UpstreamConnection connection;

    public PrivateUse(Backend backend, Identity identity) {
        this.backend = backend;
        this.identity = identity;
    }

    /** A connection to a node, or else to the primary of a slot, instead of the one before; null when none is known. */
    @Nullable
    public UpstreamConnection take(int slot, @Nullable Node node) {
        giveBack();
        connection = node == null ? backend.takePrivate(slot, identity) : backend.takePrivate(node, identity);
        return connection;
    }

    /** The command is over and has left nothing. */
    public void giveBack() {
        UpstreamConnection used = connection;
        connection = null;
        if (used != null && !used.isClosed()) {
            backend.giveBack(used, identity);
        }
    }

    /** The connection is somebody else's matter from here on. */
    public void keep() {
        connection = null;
    }

    /** The command is not wanted any more: the server is to forget it. */
    public void close() {
        UpstreamConnection used = connection;
        connection = null;
        if (used != null) {
            used.close();
        }
    }
}
