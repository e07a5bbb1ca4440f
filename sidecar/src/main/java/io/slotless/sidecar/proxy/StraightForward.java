package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The plain command of one slot: sent to its node, answered, forgotten. As long as nothing unusual happens to it, nobody
 * remembers it then, and the object serves the next command.
 */
final class StraightForward extends Forward {

    private final Pool pool;
    private boolean unusual;

    private StraightForward(Pool pool, ClientSession session, CommandFrame frame, int slot) {
        super(session, session.identity().upstream(), frame, slot);
        this.pool = pool;
    }

    @Override
    protected void detour() {
        unusual = true;
        super.detour();
    }

    @Override
    protected void judge(UpstreamConnection from, ByteBuf buffer, int lineOffset, int lineLength) {
        unusual = true;
        super.judge(from, buffer, lineOffset, lineLength);
    }

    @Override
    public void failed(UpstreamConnection from, Throwable cause, Executed executed) {
        unusual = true;
        super.failed(from, cause, executed);
    }

    @Override
    public void leftQueue() {
        super.leftQueue();
        // Who has left before the reply came is still awaited by its connection.
        if (isDone() && !unusual) {
            pool.giveBack(this);
        }
    }

    /** Those of one backend that have done their work. Used on its event loop only. */
    static final class Pool {

        /** As many as wait for their replies at one moment on a busy event loop. */
        private static final int KEPT = 4096;

        private final ArrayDeque<StraightForward> free = new ArrayDeque<>();

        StraightForward take(ClientSession session, CommandFrame frame, int slot) {
            @Nullable StraightForward used = free.pollLast();
            if (used == null) {
                return new StraightForward(this, session, frame, slot);
            }
            used.renew(session, frame, slot);
            return used;
        }

        private void giveBack(StraightForward used) {
            used.leaveSession();
            if (free.size() < KEPT) {
                free.addLast(used);
            }
        }
    }
}
