package io.slotless.sidecar.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts clients over all event loops, gives them their ids and refuses those that are too many. Thread-safe. */
final class ClientLimit {

    private final int most;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();

    ClientLimit(int most) {
        this.most = most;
    }

    /** Whether one more may come; then it must {@link #leave}. */
    boolean enter() {
        if (connected.incrementAndGet() <= most) {
            return true;
        }
        connected.decrementAndGet();
        return false;
    }

    void leave() {
        connected.decrementAndGet();
    }

    long nextId() {
        return ids.incrementAndGet();
    }
}
