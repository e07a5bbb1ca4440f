package io.slotless.sidecar.app;

import io.vertx.core.Vertx;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Has the heap collected in moments in which clients have little to say: after the start, and when enough garbage has come since.
 * Commands make none, so that the JVM itself would see no reason to for days, and a start leaves as much as is needed later. It takes some
 * 20 ms; the JVM's options (images/sidecar/java.options) give back what is free then. Collects on a worker.
 */
final class HeapTrim {

    private static final long PERIOD_MILLIS = 5_000;

    /** Commands within a period that are as good as none. */
    private static final long FEW = 500;

    /** More than the young generation holds. */
    private static final long TOLERATED = 4L << 20;

    private final Vertx vertx;
    private final LongSupplier commands;
    private final Runnable collection;
    private long before;
    private volatile long collected;

    /** @param commands how many there were so far */
    HeapTrim(Vertx vertx, LongSupplier commands) {
        this(vertx, commands, System::gc);
    }

    HeapTrim(Vertx vertx, LongSupplier commands, Runnable collection) {
        this.vertx = vertx;
        this.commands = commands;
        this.collection = collection;
    }

    /** Looks every few seconds until {@code vertx} is closed. */
    void start() {
        vertx.setPeriodic(PERIOD_MILLIS, ignored -> {
            if (isTime()) {
                vertx.executeBlocking(Executors.callable(this::collect));
            }
        });
    }

    /** Whether it is quiet and worth it. */
    boolean isTime() {
        long now = commands.getAsLong();
        boolean quiet = now - before < FEW;
        before = now;
        return quiet && isWorthIt(used(), collected);
    }

    void collect() {
        collection.run();
        collected = used();
    }

    /**
     * Whether to collect.
     *
     * @param used bytes
     * @param collected what it was after the last collection; 0 before the first
     */
    static boolean isWorthIt(long used, long collected) {
        return used > collected + collected / 8 + TOLERATED;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
