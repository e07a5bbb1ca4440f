package io.slotless.webhook.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the heap collected when much of it may be garbage and nobody waits: the JVM's serial collector does not before the heap is
 * as large as it may get, and a start leaves many times of what is needed later. A collection takes some 50 ms; what is free is
 * given back by the options of the JVM (images/webhook/java.options). After its start used by its own thread only.
 */
final class HeapTrim implements AutoCloseable {

    private static final long PERIOD_SECONDS = 5;
    private static final long TOLERATED = 2L << 20;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Optional<MemoryPoolMXBean> old;
    private long collections;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heap-trim");
        thread.setDaemon(true);
        return thread;
    });

    HeapTrim() {
        // Of the heap's pools it may become the largest.
        this.old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
                .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    }

    void start() {
        old.ifPresent(pool ->
                thread.scheduleWithFixedDelay(() -> trim(pool), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS));
    }

    private void trim(MemoryPoolMXBean pool) {
        long before = collections;
        collections = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        MemoryUsage collected = pool.getCollectionUsage();
        if (isQuiet(collections - before)
                && isWorthIt(pool.getUsage().getUsed(), collected == null ? 0 : collected.getUsed())) {
            System.gc();
        }
    }

    /**
     * Whether hardly anything happens.
     *
     * @param collections of the new objects since the last look: several a second while pods are created, one every other second
     *     where a leader looks after thousands of RedisDestinations
     */
    static boolean isQuiet(long collections) {
        return collections < PERIOD_SECONDS;
    }

    /**
     * Whether to collect.
     *
     * @param used bytes
     * @param collected what it was after the last collection; 0 before the first
     */
    static boolean isWorthIt(long used, long collected) {
        return used > collected + collected / 16 + TOLERATED;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
