package io.slotless.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes have used of the processors so far: fields 14 and 15 of /proc/PID/stat, see proc(5). */
final class CpuTime {

    /** USER_HZ is 100 wherever Linux runs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;

    private CpuTime() {}

    /** Seconds, user and system, of all threads together; NaN where there is no /proc. */
    static double of(List<Long> pids) {
        return pids.stream()
                .mapToDouble(pid -> read(Path.of("/proc", pid.toString(), "stat")))
                .sum();
    }

    private static double read(Path stat) {
        try {
            return parse(Files.readString(stat));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** The second field is a name in parentheses, which may hold anything. */
    static double parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
    }
}
