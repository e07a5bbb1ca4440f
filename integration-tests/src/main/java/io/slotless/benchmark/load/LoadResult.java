package io.slotless.benchmark.load;

/**
 * What came out of a load. Every command counted had the reply it must have.
 *
 * @param commands answered while it was measured
 * @param seconds how long that took
 * @param cpuSeconds of the processes that were named, user and system
 * @param generatorCpuSeconds of the one that made the load
 * @param p50 microseconds; a closed loop's begin when a command was sent, an open loop's when it was due
 * @param p99 microseconds
 * @param p999 microseconds
 * @param max microseconds
 */
public record LoadResult(
        long commands,
        double seconds,
        double cpuSeconds,
        double generatorCpuSeconds,
        double p50,
        double p99,
        double p999,
        double max) {

    public double perSecond() {
        return commands / seconds;
    }

    /** CPU-seconds for a million commands. */
    public double cpuPerMillion() {
        return cpuSeconds / commands * 1e6;
    }
}
