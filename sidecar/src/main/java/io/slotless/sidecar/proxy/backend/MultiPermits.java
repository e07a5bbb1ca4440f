package io.slotless.sidecar.proxy.backend;

import io.slotless.sidecar.upstream.Identity;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose MULTI the servers have accepted. Commands go behind MULTI without waiting for its reply: where an ACL forbids
 * MULTI, they would run at once, one by one, as in a client's own pipeline.
 */
public final class MultiPermits {

    /** Beyond it is forgotten who had it, which costs each of them one wait. */
    private static final int MOST = 1024;

    private final Set<Identity> accepted = new HashSet<>();

    public boolean has(Identity identity) {
        return accepted.contains(identity);
    }

    public void accepted(Identity identity) {
        if (accepted.size() >= MOST) {
            accepted.clear();
        }
        accepted.add(identity);
    }

    public void refused(Identity identity) {
        accepted.remove(identity);
    }
}
