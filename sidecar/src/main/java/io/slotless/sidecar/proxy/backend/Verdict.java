package io.slotless.sidecar.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.cluster.Redirect;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What to do about an error that a cluster node gave as a reply (Redis documentation, "Redis cluster specification":
 * redirection and resharding). Pure.
 */
public sealed interface Verdict {

    /** It is the client's reply. */
    record Deliver() implements Verdict {
        static final Deliver IT = new Deliver();
    }

    /** The slot has moved for good: send it there, and so everything for that slot. */
    record Moved(int slot, Node node) implements Verdict {}

    /** The key is there already, only this once. */
    record Ask(Node node) implements Verdict {}

    /** The command was not run, and may be soon. */
    record Later(RedirectKind kind) implements Verdict {}

    /**
     * Judges an error reply.
     *
     * @param buffer holds the whole error reply, minus and line end included
     * @param asked the node that gave it
     */
    static Verdict of(ByteBuf buffer, int offset, int length, Node asked) {
        @Nullable Redirect redirect = Redirect.parse(buffer, offset, length, asked);
        if (redirect instanceof Redirect.Moved moved) {
            return new Moved(moved.slot(), moved.node());
        }
        if (redirect instanceof Redirect.Ask ask) {
            return new Ask(ask.node());
        }
        String error = buffer.toString(offset, Math.min(length, 64), StandardCharsets.ISO_8859_1);
        if (error.startsWith("-TRYAGAIN")) {
            return new Later(RedirectKind.TRYAGAIN);
        }
        if (error.startsWith("-CLUSTERDOWN")
                || error.startsWith("-LOADING ")
                || error.startsWith("-MASTERDOWN ")
                || error.startsWith("-READONLY You can't write against a read only replica")) {
            return new Later(RedirectKind.CLUSTERDOWN);
        }
        return Deliver.IT;
    }
}
