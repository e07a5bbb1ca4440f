package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of load, the same for all that are measured.
 *
 * @param operation what is done
 * @param connections how many clients
 * @param pipeline commands that a client sends before it waits
 * @param valueBytes length of the values
 * @param share 0 for a closed loop: as fast as it goes; else the load is this share of the most that our sidecar can do
 */
public record Cell(Operation operation, int connections, int pipeline, int valueBytes, double share) {

    static final int SMALL = 64;
    static final int MEDIUM = 16 * 1024;
    static final int LARGE = 1024 * 1024;

    private static final List<Integer> CLIENTS = List.of(1, 50, 200);
    private static final List<Integer> PIPELINES = List.of(1, 16);
    private static final int KIB = 1024;

    static Cell closed(Operation operation, int connections, int pipeline, int valueBytes) {
        return new Cell(operation, connections, pipeline, valueBytes, 0);
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
            PIPELINES.forEach(pipeline -> cells.add(closed(operation, 50, pipeline, SMALL)));
        }
        for (Operation operation : List.of(Operation.GET, Operation.SET)) {
            cells.add(closed(operation, 20, 1, MEDIUM));
            cells.add(closed(operation, 4, 1, LARGE));
        }
        cells.add(openLoop());
        return cells;
    }

    /** A few, for a short run. */
    static List<Cell> quick() {
        return List.of(
                closed(Operation.GET, 50, 1, SMALL),
                closed(Operation.GET, 50, 16, SMALL),
                closed(Operation.SET, 50, 1, SMALL),
                closed(Operation.SET, 50, 16, SMALL));
    }

    /** Half of what the sidecar can do. */
    static Cell openLoop() {
        return new Cell(Operation.GET, 50, 1, SMALL, 0.5);
    }

    /** The load whose throughput tells how much an open loop's is. */
    Cell peak() {
        return closed(operation, connections, pipeline, valueBytes);
    }

    boolean isOpenLoop() {
        return share > 0;
    }

    @Override
    public String toString() {
        return "%s c=%d P=%d %s%s"
                .formatted(operation, connections, pipeline, size(), isOpenLoop() ? " open loop" : "");
    }

    private String size() {
        if (valueBytes < KIB) {
            return valueBytes + " B";
        }
        return valueBytes < KIB * KIB ? valueBytes / KIB + " KiB" : valueBytes / KIB / KIB + " MiB";
    }
}
