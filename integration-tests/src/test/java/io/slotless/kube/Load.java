package io.slotless.kube;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Pods that ask for injection, created at a steady pace (as a dry run: admission does not tell the difference). */
final class Load implements AutoCloseable {

    /** More than are ever under way at once, unless answers take seconds. */
    private static final int THREADS = 16;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final AtomicInteger injected = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final KubeStage stage;
    private final String namespace;

    private Load(KubeStage stage, String namespace) {
        this.stage = stage;
        this.namespace = namespace;
    }

    static Load start(KubeStage stage, String namespace, int perSecond) {
        Load load = new Load(stage, namespace);
        Duration pace = Duration.ofSeconds(1).dividedBy(perSecond);
        // One timer for each slot of a second: a slow answer does not hold back the next pod.
        for (int slot = 0; slot < perSecond; slot++) {
            load.threads.scheduleAtFixedRate(
                    load::create, pace.multipliedBy(slot).toMillis(), 1000, TimeUnit.MILLISECONDS);
        }
        return load;
    }

    private void create() {
        long from = System.nanoTime();
        try {
            PodAnswer answer = PodAnswer.dryRun(stage, Pods.asking(namespace, "load"));
            if (answer.isCreated() && answer.sidecars() == 1) {
                injected.incrementAndGet();
            } else {
                failures.merge(answer.status() + " " + answer.message(), 1, Integer::sum);
            }
        } catch (RuntimeException e) {
            failures.merge(e.toString(), 1, Integer::sum);
        }
        slowest.accumulateAndGet(Duration.ofNanos(System.nanoTime() - from).toMillis(), Math::max);
    }

    int injected() {
        return injected.get();
    }

    /** How many, by what the API server answered. */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public String toString() {
        return injected + " admissions, "
                + failures.values().stream().mapToInt(Integer::intValue).sum() + " failed, the slowest took " + slowest
                + " ms";
    }

    /** Ends when the last answer is there. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no answer for 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
