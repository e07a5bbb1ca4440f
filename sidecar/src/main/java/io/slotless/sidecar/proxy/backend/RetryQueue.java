package io.slotless.sidecar.proxy.backend;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What waits for a node to come (back), in its order. All are tried again after a pause that grows while
 * nothing gets through, and at once when the topology has changed. Used on its event loop only.
 */
public final class RetryQueue {

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LARGEST_PAUSE_MILLIS = 200;

    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean scheduled;
    private long pause = FIRST_PAUSE_MILLIS;

    RetryQueue(EventLoop loop, LongSupplier nanoTime) {
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    void add(Waiting one) {
        waiting.add(one);
        if (!scheduled) {
            scheduled = true;
            loop.schedule(this::timer, pause, TimeUnit.MILLISECONDS);
        }
    }

    /** Things have changed for the better: try now. */
    void wake() {
        pause = FIRST_PAUSE_MILLIS;
        retryAll();
    }

    private void timer() {
        scheduled = false;
        pause = Math.min(pause * 2, LARGEST_PAUSE_MILLIS);
        retryAll();
        if (waiting.isEmpty()) {
            pause = FIRST_PAUSE_MILLIS;
        }
    }

    private void retryAll() {
        ArrayDeque<Waiting> due = waiting;
        waiting = new ArrayDeque<>();
        long now = nanoTime.getAsLong();
        due.forEach(one -> one.retry(now));
    }

    /** Something that is to be tried again. */
    public interface Waiting {

        /**
         * It is time.
         *
         * @param now nanoseconds on the queue's clock
         */
        void retry(long now);
    }
}
