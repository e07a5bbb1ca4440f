package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;

/**
 * CLIENT TRACKING of one client: connections with it are that client's only, and tell it which keys it must forget. Two of
 * them are never equal. Used on its event loop only.
 */
public final class Tracking {

    private final CommandFrame command;
    private final Invalidations invalidations;
    private boolean over;

    /** @param command what makes a connection track what is read through it */
    public Tracking(CommandFrame command, Invalidations invalidations) {
        this.command = command;
        this.invalidations = invalidations;
    }

    /** Nobody wants to know any more. */
    public void end() {
        over = true;
    }

    /** Who hears of it. */
    public Invalidations invalidations() {
        return invalidations;
    }

    boolean isOver() {
        return over;
    }

    CommandFrame command() {
        return command;
    }

    void pushed(UpstreamConnection from, ByteBuf frame, int offset, int length) {
        if (!over) {
            invalidations.pushed(from, frame, offset, length);
        }
    }

    void lost() {
        if (!over) {
            invalidations.lost();
        }
    }

    /** Hears which keys have changed. */
    public interface Invalidations {

        /** A whole push frame, as the server wrote it; the bytes stay the connection's. */
        void pushed(UpstreamConnection from, ByteBuf frame, int offset, int length);

        /** A connection has ended: the server has forgotten what was read through it. */
        void lost();
    }
}
