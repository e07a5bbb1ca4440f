package io.slotless.benchmark.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has taken so far, as Linux tells it (proc(5)). */
record ProcessUsage(Path proc) {

    /** {@code USER_HZ} of every Linux that runs a JVM. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;

    static ProcessUsage of(long pid) {
        return new ProcessUsage(Path.of("/proc", Long.toString(pid)));
    }

    /** CPU-seconds of all its threads, ended ones included, in steps of 10 ms. */
    double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
    }

    /** MiB of memory, with a share of what it shares with other processes. */
    double pss() {
        return mebibytes("Pss:");
    }

    /** MiB of memory that no file stands behind: what a container's limit cannot reclaim. */
    double anonymous() {
        return mebibytes("Anonymous:");
    }

    private double mebibytes(String field) {
        return read("smaps_rollup")
                        .lines()
                        .filter(line -> line.startsWith(field))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
