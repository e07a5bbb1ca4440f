package io.slotless.benchmark.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process has of the memory: /proc/PID/smaps_rollup, see proc(5). */
public final class Memory {

    private static final double KIB_PER_MIB = 1024;

    private Memory() {}

    /** Its proportional set size in MiB; NaN where it cannot be read. */
    public static double pss(Target target) {
        return target.pids().stream().mapToDouble(Memory::pss).sum();
    }

    private static double pss(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    static double parse(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .sum();
    }
}
