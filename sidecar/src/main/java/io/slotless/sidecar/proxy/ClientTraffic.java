package io.slotless.sidecar.proxy;

import io.slotless.sidecar.upstream.BatchedWriter;

/** Counts what passes one client's connection for its destination. */
final class ClientTraffic {

    private final TrafficCounter counter;
    private final BatchedWriter out;
    private long reported;

    ClientTraffic(TrafficCounter counter, BatchedWriter out) {
        this.counter = counter;
        this.out = out;
    }

    void received(int bytes) {
        counter.requestBytes(bytes);
    }

    /** So many commands were taken, and whatever was written since the last call. */
    void handed(long commands) {
        counter.commands(commands);
        counter.replyBytes(out.written() - reported);
        reported = out.written();
    }
}
