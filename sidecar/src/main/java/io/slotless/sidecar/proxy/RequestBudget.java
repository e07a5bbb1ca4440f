package io.slotless.sidecar.proxy;

import io.slotless.sidecar.resp.RespLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bytes that the large commands of all clients together may take in memory, each from the announcement of what makes it large until
 * all of it was sent and answered. First come, first served; but whose command has begun to come goes before those whose
 * command has not, so that it ends. Where only such commands are left, and none has room for its rest, the one that came
 * last to this is refused. Thread-safe.
 */
final class RequestBudget {

    /** As long may a command wait for room; its client will not wait much longer either. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** As long may a client pause in the midst of a command while others wait for what it takes. */
    static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RespLimits limits;
    private final BufferRoom room;
    private final long total;
    private final LongSupplier nanoTime;
    private long free;
    /** Have room, and are not all there: they may need more. Some are {@link #stuck}. */
    private final Set<Claim> gathering = new LinkedHashSet<>();
    /** Have too little room, in the order in which they met with that. */
    private final ArrayDeque<Claim> stuck = new ArrayDeque<>();
    /** Have none and wait for some, in the order in which they came. */
    private final ArrayDeque<Claim> waiting = new ArrayDeque<>();

    /**
     * @param limits of a single command; as many bytes as it may have there are for all
     * @param nanoTime a clock, in nanoseconds
     */
    RequestBudget(RespLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.total = limits.maxCommandLength();
        this.room = new BufferRoom(total);
        this.nanoTime = nanoTime;
        this.free = total;
    }

    RespLimits limits() {
        return limits;
    }

    /** Where the claims have their bytes, beside those of others. */
    BufferRoom room() {
        return room;
    }

    /** Others have so many bytes more there, or less. */
    void tookBeside(long bytes) {
        room.addBeside(bytes);
        if (bytes < 0) {
            synchronized (this) {
                serve();
            }
        }
    }

    /**
     * Makes a claim that has nothing yet.
     *
     * @param changed called when it need not wait any more, or is refused: by any thread, in the midst of other work, so that it
     *     should do no more than to look later
     */
    Claim claim(Runnable changed) {
        return new Claim(changed);
    }

    /** To be called now and then: refuses who has waited too long, and who lets others wait without need. */
    synchronized void check() {
        long now = nanoTime.getAsLong();
        List<Claim> refused = new ArrayList<>();
        boolean anyWaits = !stuck.isEmpty() || !waiting.isEmpty();
        gathering.stream()
                .filter(claim -> anyWaits && !claim.isWaiting() && now - claim.since > LONGEST_PAUSE_NANOS)
                .forEach(refused::add);
        stuck.stream().filter(claim -> now - claim.since > PATIENCE_NANOS).forEach(refused::add);
        waiting.stream().filter(claim -> now - claim.since > PATIENCE_NANOS).forEach(refused::add);
        refused.forEach(this::refuse);
        serve();
    }

    /** Whether there is nobody whom a {@link #check} could find waiting. */
    synchronized boolean isAtRest() {
        return gathering.isEmpty() && stuck.isEmpty() && waiting.isEmpty();
    }

    /** Bytes that no claim has. */
    synchronized long free() {
        return free;
    }

    private void setFree(long bytes) {
        free = bytes;
        room.claimed(total - bytes);
    }

    private void serve() {
        stuck.removeIf(this::granted);
        while (stuck.isEmpty() && !waiting.isEmpty() && granted(waiting.peek())) {
            waiting.remove();
        }
        // All that is taken is theirs: nobody else will give any back.
        if (!stuck.isEmpty()
                && room.takenFromCommands() == 0
                && stuck.stream().mapToLong(claim -> claim.held).sum() == total - free) {
            refuse(stuck.getLast());
        }
    }

    private boolean granted(Claim claim) {
        if (!fits(claim)) {
            return false;
        }
        take(claim);
        claim.changed.run();
        return true;
    }

    private boolean fits(Claim claim) {
        return claim.wanted - claim.held <= free - room.takenFromCommands();
    }

    private void take(Claim claim) {
        setFree(free - (claim.wanted - claim.held));
        claim.held = claim.wanted;
        claim.since = nanoTime.getAsLong();
        gathering.add(claim);
    }

    private void refuse(Claim claim) {
        forget(claim);
        claim.wanted = claim.held;
        claim.refused = true;
        claim.changed.run();
    }

    private void forget(Claim claim) {
        gathering.remove(claim);
        stuck.remove(claim);
        waiting.remove(claim);
    }

    /** One command's room. */
    final class Claim implements AutoCloseable {

        private final Runnable changed;
        private long held;
        private long wanted;
        /** When its command got further, or, while it waits, since when. */
        private long since;

        private boolean refused;

        private Claim(Runnable changed) {
            this.changed = changed;
        }

        /**
         * The command got further, and needs so many bytes by now.
         *
         * @param expected as many as it will need before it is all there, as far as can be told; capped to what there is
         * @return whether there is room for them; if not, this is told when there is, or when it is refused
         */
        boolean extend(long needed, long expected) {
            synchronized (RequestBudget.this) {
                since = nanoTime.getAsLong();
                if (held >= Math.min(needed, total)) {
                    return true;
                }
                wanted = Math.min(Math.max(needed, expected), total);
                if (fits(this) && (held > 0 || stuck.isEmpty() && waiting.isEmpty())) {
                    take(this);
                    return true;
                }
                (held > 0 ? stuck : waiting).add(this);
                serve();
                return false;
            }
        }

        /** The command is all there and takes so many bytes: what is left is for others. */
        void complete(long bytes) {
            synchronized (RequestBudget.this) {
                forget(this);
                giveBack(Math.max(0, held - bytes));
            }
        }

        /** The command is gone. Does nothing the second time. */
        @Override
        public void close() {
            synchronized (RequestBudget.this) {
                forget(this);
                giveBack(held);
            }
        }

        private void giveBack(long bytes) {
            held -= bytes;
            wanted = held;
            setFree(free + bytes);
            serve();
        }

        /** Whether the command must not get any further for now. */
        boolean isWaiting() {
            synchronized (RequestBudget.this) {
                return wanted > held;
            }
        }

        /** Whether it cannot come, and what there is of it should go. */
        boolean isRefused() {
            synchronized (RequestBudget.this) {
                return refused;
            }
        }
    }
}
