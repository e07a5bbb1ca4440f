package io.slotless.benchmark.load;

import io.slotless.fixture.process.ProcessUsage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts replies between a beginning and an end. For one thread. */
final class Meter {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
    private static final double NANOS_PER_MICRO = 1_000;

    private final List<Long> pids;
    private final Histogram latencies = new Histogram(LONGEST, 3);
    private boolean running;
    private long begin;
    private double cpu;
    private double ownCpu;

    Meter(List<Long> pids) {
        this.pids = pids;
    }

    void begin() {
        cpu = cpuSeconds(pids);
        ownCpu = own();
        begin = System.nanoTime();
        running = true;
    }

    /** @param nanos from when a command was sent or due to its reply */
    void reply(long nanos) {
        if (running) {
            latencies.recordValue(Math.min(nanos, LONGEST));
        }
    }

    LoadResult end() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        running = false;
        return new LoadResult(
                latencies.getTotalCount(),
                seconds,
                cpuSeconds(pids) - cpu,
                own() - ownCpu,
                micros(50),
                micros(99),
                micros(99.9),
                micros(100));
    }

    private double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }

    private static double own() {
        return cpuSeconds(List.of(ProcessHandle.current().pid()));
    }

    private static double cpuSeconds(List<Long> pids) {
        return pids.stream()
                .mapToDouble(pid -> ProcessUsage.of(pid).cpuSeconds())
                .sum();
    }
}
