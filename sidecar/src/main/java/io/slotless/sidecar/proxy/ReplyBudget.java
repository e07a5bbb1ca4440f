package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.reply.ByteCount;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Bytes of replies that lie here because a client does not read them or because it is not their turn: of all clients of one event loop,
 * as its part of the {@link BufferRoom}. Where slowing clients down was not enough, the one that has most is given up for the others, as
 * Redis does with clients above its {@code maxmemory-clients} (redis.io/docs, "Redis client handling"). Used on its event loop only.
 */
final class ReplyBudget {

    /** Bytes that any client may have, however little there is: one that has none must not wait for others. */
    static final long LITTLE = 64 * 1024;

    /** The room is told of steps, not of each reply: it is shared with other threads. */
    private static final int MOST_STEPS = 256;

    private static final long LARGEST_STEP = 256 * 1024;

    private final RequestBudget requests;
    private final BufferRoom room;
    private final long step;
    private final Set<Share> large = new HashSet<>();
    private long taken;
    private long told;

    /** @param requests the budget of the commands, whose room this shares */
    ReplyBudget(RequestBudget requests) {
        this.requests = requests;
        this.room = requests.room();
        this.step = Math.min(LARGEST_STEP, requests.limits().maxCommandLength() / MOST_STEPS);
    }

    /** Of a client that has nothing yet. */
    Share share(Owner owner) {
        return new Share(owner);
    }

    private void take(long bytes) {
        taken += bytes;
        long untold = taken - told;
        if (untold > step || untold < -step) {
            told = taken;
            requests.tookBeside(untold);
            if (untold > 0 && room.isShort()) {
                evictLargest();
            }
        }
    }

    private void evictLargest() {
        large.stream().max(Comparator.comparingLong(share -> share.bytes)).ifPresent(share -> {
            long bytes = share.bytes;
            share.close();
            share.owner.evict(bytes);
        });
    }

    /** Whose bytes they are. */
    interface Owner {

        /** It has most where there is no room for all: its connection must end. Called in the midst of other work. */
        void evict(long bytes);
    }

    /** What one client has. */
    final class Share implements ByteCount {

        private final Owner owner;
        private long bytes;
        private long unsent;
        private boolean closed;

        private Share(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void add(long more) {
            if (closed) {
                return;
            }
            boolean wasLarge = bytes > LITTLE;
            bytes += more;
            if (bytes > LITTLE != wasLarge) {
                list(!wasLarge);
            }
            take(more);
        }

        /** So many of its bytes were written, but not taken by the client. */
        void unsent(long now) {
            long more = now - unsent;
            unsent = now;
            add(more);
        }

        /** Whether it has so much that it should not get more for now. */
        boolean isMuch() {
            return bytes > LITTLE && bytes > room.forOneClient();
        }

        /** The client has gone, and all that it had goes. */
        void close() {
            add(-bytes);
            closed = true;
        }

        private void list(boolean add) {
            if (add) {
                large.add(this);
            } else {
                large.remove(this);
            }
        }
    }
}
