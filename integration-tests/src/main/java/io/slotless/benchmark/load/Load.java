package io.slotless.benchmark.load;

import java.util.List;

/**
 * One load on one server.
 *
 * @param host address of the server
 * @param port its port
 * @param operation what to do
 * @param connections how many connections there are, all at once
 * @param pipeline with a closed loop, how many commands a connection sends at a time, before it waits for all replies
 * @param valueBytes the length of the values
 * @param ratePerSecond 0 for a closed loop; else commands are due at this rate, whether or not earlier ones were answered
 * @param warmUpSeconds before the measurement begins
 * @param seconds how long it takes
 * @param pids processes whose CPU time is measured
 */
public record Load(
        String host,
        int port,
        Operation operation,
        int connections,
        int pipeline,
        int valueBytes,
        double ratePerSecond,
        double warmUpSeconds,
        double seconds,
        List<Long> pids) {

    /** A load without a fixed rate. */
    boolean closed() {
        return ratePerSecond <= 0;
    }
}
