package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of load, the same for all that are measured.
 *
 * @param kind who makes it, and how
 * @param operation what is done
 * @param connections how many clients
 * @param pipeline commands that a client sends before it waits
 * @param valueBytes length of the values
 */
public record Cell(Kind kind, Operation operation, int connections, int pipeline, int valueBytes) {

    /** How a load comes to be. */
    public enum Kind {
        /** As fast as it goes. */
        CLOSED_LOOP(""),
        /** Half of the most that our sidecar can do, evenly, whether or not answers come. */
        OPEN_LOOP(", open loop"),
        /** As fast as it goes, by redis-benchmark, which can be a cluster-aware client. */
        REDIS_BENCHMARK(", redis-benchmark");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    static final int SMALL = 64;
    static final int MEDIUM = 16 * 1024;
    static final int LARGE = 1024 * 1024;

    /** Of what our sidecar can do at most. */
    static final double OPEN_LOOP_SHARE = 0.5;

    private static final List<Integer> CLIENTS = List.of(1, 50, 200);
    private static final List<Integer> PIPELINES = List.of(1, 16);
    private static final int MANY = 50;
    private static final int KIB = 1024;

    static Cell closed(Operation operation, int connections, int pipeline, int valueBytes) {
        return new Cell(Kind.CLOSED_LOOP, operation, connections, pipeline, valueBytes);
    }

    /** Those of the whole benchmark. */
    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (Operation operation : List.of(Operation.GET, Operation.SET)) {
            for (int pipeline : PIPELINES) {
                CLIENTS.forEach(clients -> cells.add(closed(operation, clients, pipeline, SMALL)));
            }
        }
        for (Operation operation : List.of(Operation.MIXED, Operation.MGET, Operation.MSET)) {
            PIPELINES.forEach(pipeline -> cells.add(closed(operation, MANY, pipeline, SMALL)));
        }
        for (Operation operation : List.of(Operation.GET, Operation.SET)) {
            cells.add(closed(operation, 20, 1, MEDIUM));
            cells.add(closed(operation, 4, 1, LARGE));
        }
        cells.add(new Cell(Kind.OPEN_LOOP, Operation.GET, MANY, 1, SMALL));
        PIPELINES.forEach(pipeline -> cells.add(new Cell(Kind.REDIS_BENCHMARK, Operation.GET, MANY, pipeline, SMALL)));
        return cells;
    }

    /** A few, for a short run. */
    static List<Cell> quick() {
        List<Cell> cells = new ArrayList<>();
        for (Operation operation : List.of(Operation.GET, Operation.SET)) {
            PIPELINES.forEach(pipeline -> cells.add(closed(operation, MANY, pipeline, SMALL)));
        }
        return cells;
    }

    boolean is(Kind asked) {
        return kind == asked;
    }

    /** The load that tells how much half of it is. */
    Cell peak() {
        return closed(operation, connections, pipeline, valueBytes);
    }

    @Override
    public String toString() {
        return "%s c=%d P=%d %s%s".formatted(operation, connections, pipeline, size(), kind.suffix);
    }

    private String size() {
        if (valueBytes < KIB) {
            return valueBytes + " B";
        }
        return valueBytes < KIB * KIB ? valueBytes / KIB + " KiB" : valueBytes / KIB / KIB + " MiB";
    }
}
