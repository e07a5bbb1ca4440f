package io.slotless.benchmark.load;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends commands when they are due, over all connections in turns, whether or not earlier ones were answered. Their latency
 * counts from when they were due, so a stall counts for all who would have come meanwhile (no coordinated omission).
 */
final class Pacer {

    private final EventLoop loop;
    private final List<Connection> connections;
    private final double nanosBetween;
    private final BooleanSupplier sending;
    private long start;
    private long sent;

    Pacer(EventLoop loop, List<Connection> connections, double perSecond, BooleanSupplier sending) {
        this.loop = loop;
        this.connections = connections;
        this.nanosBetween = 1e9 / perSecond;
        this.sending = sending;
    }

    void begin() {
        start = System.nanoTime();
        sendWhatIsDue();
    }

    private void sendWhatIsDue() {
        while (sending.getAsBoolean()) {
            long due = start + (long) (sent * nanosBetween);
            long early = due - System.nanoTime();
            if (early > 0) {
                loop.schedule(this::sendWhatIsDue, early, TimeUnit.NANOSECONDS);
                return;
            }
            connections.get((int) (sent % connections.size())).send(1, due);
            sent++;
        }
    }
}
