package io.slotless.benchmark.system;

import io.slotless.fixture.process.ProcessUsage;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Something that runs and speaks Redis.
 *
 * @param variant its name
 * @param address where clients connect to
 * @param pids the processes whose CPU and memory are its
 */
public record Target(Variant variant, InetSocketAddress address, List<Long> pids) {

    /** Its memory in MiB, with a share of what it shares with others. */
    public double pss() {
        return pids.stream().mapToDouble(pid -> ProcessUsage.of(pid).pss()).sum();
    }

    /** CPU-seconds so far, user and system. */
    public double cpuSeconds() {
        return pids.stream()
                .mapToDouble(pid -> ProcessUsage.of(pid).cpuSeconds())
                .sum();
    }
}
