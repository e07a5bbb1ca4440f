package io.slotless.benchmark.system;

import io.slotless.benchmark.load.LoadResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Redis's own load generator: what a client that knows of the cluster gets of it, and the same client through a proxy.
 *
 * @param binary the program
 */
public record RedisBenchmark(Path binary) {

    /** It finds all nodes itself and speaks to each; what it takes of CPU is the client's. */
    public static final Variant CLUSTER_AWARE = Variant.of("cluster-aware client", Mode.DIRECT);

    private static final int KEYS = 20_000;
    private static final int FILL = 5 * KEYS;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int RPS = 1;
    private static final int P50 = 4;
    private static final int P99 = 6;
    private static final int MAX = 7;

    /** SETs so many random keys that nearly all of them are there. */
    public void fill(Target target, int valueBytes) {
        CommandOutput.of(command(target, "set", 50, 16, valueBytes, FILL));
    }

    /** GETs random keys. */
    public LoadResult get(Target target, int connections, int pipeline, int valueBytes, int commands) {
        double cpu = target.cpuSeconds();
        String output = CommandOutput.of(command(target, "get", connections, pipeline, valueBytes, commands));
        double used = target.pids().isEmpty() ? Double.NaN : target.cpuSeconds() - cpu;
        return parse(output, commands, used);
    }

    public String version() {
        return CommandOutput.of(binary.toString(), "--version").strip();
    }

    private String[] command(Target target, String test, int connections, int pipeline, int valueBytes, int commands) {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--csv", "-t", test));
        command.addAll(List.of("-h", target.address().getAddress().getHostAddress()));
        command.addAll(List.of("-p", Integer.toString(target.address().getPort())));
        command.addAll(List.of("-c", Integer.toString(connections), "-P", Integer.toString(pipeline)));
        command.addAll(List.of("-d", Integer.toString(valueBytes), "-r", Integer.toString(KEYS)));
        command.addAll(List.of("-n", Integer.toString(commands)));
        if (target.variant().equals(CLUSTER_AWARE)) {
            command.add("--cluster");
        }
        return command.toArray(String[]::new);
    }

    /** Of lines such as {@code "GET","71428.57","0.3","0.1","0.2","0.5","0.6","0.9"}: rps, then milliseconds. */
    static LoadResult parse(String csv, int commands, double cpuSeconds) {
        String[] fields = csv.lines()
                .filter(line -> line.startsWith("\"GET\""))
                .map(line -> line.replace("\"", "").split(","))
                .filter(line -> line.length > MAX)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("redis-benchmark says: " + csv));
        double max = number(fields, MAX) * MICROS_PER_MILLI;
        return new LoadResult(
                commands,
                commands / number(fields, RPS),
                cpuSeconds,
                0,
                number(fields, P50) * MICROS_PER_MILLI,
                number(fields, P99) * MICROS_PER_MILLI,
                max,
                max);
    }

    private static double number(String[] fields, int index) {
        return Double.parseDouble(fields[index]);
    }
}
