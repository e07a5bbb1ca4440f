package io.slotless.sidecar.proxy;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for buffers, as all clients together use it: what large commands have claimed, and what lies here beside them, replies above
 * all. A command can wait for room; what has come of a reply is here already, so it takes room from the commands to come, and clients
 * that have much of it are slowed down. Thread-safe.
 */
final class BufferRoom {

    /** As much of the total may lie beside the commands without taking room from them: they could have to wait without end. */
    private static final int BESIDE = 8;

    private final long total;
    private final AtomicLong beside = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private volatile long claimed;

    /** @param total bytes; somewhat more may be taken by what cannot wait */
    BufferRoom(long total) {
        this.total = total;
    }

    /** So many bytes are claimed by commands. */
    void claimed(long bytes) {
        claimed = bytes;
    }

    /** So many bytes more, or less, lie here beside them. */
    void addBeside(long bytes) {
        beside.addAndGet(bytes);
    }

    /**
     * So many bytes more, or less, lie here beside them of commands that are not large, and not all there.
     *
     * @return false when they are too many, and nothing was added
     */
    boolean addBegun(long bytes) {
        if (bytes > 0 && begun.get() + bytes > total / BESIDE / 2) {
            return false;
        }
        begun.addAndGet(bytes);
        addBeside(bytes);
        return true;
    }

    /** Bytes that commands must leave to what lies here beside them. */
    long takenFromCommands() {
        return Math.max(0, beside.get() - total / BESIDE);
    }

    /**
     * Bytes that one client may have here beside its commands: half of what is free. So whoever comes next gets some, too, and the less
     * there is the more are slowed down; the rule is the one that switches share their buffers by (Choudhury and Hahne, "Dynamic queue
     * length thresholds for shared-memory packet switches").
     */
    long forOneClient() {
        long forAll = total / BESIDE + (total - claimed) / BESIDE * 3;
        return Math.max(0, forAll - beside.get()) / 2;
    }

    /** Whether slowing down was not enough. */
    boolean isShort() {
        return beside.get() > total / 4 + (total - claimed) / 2;
    }
}
