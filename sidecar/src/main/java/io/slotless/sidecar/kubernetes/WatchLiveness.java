package io.slotless.sidecar.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import java.util.concurrent.TimeUnit;

/** Closes a connection whose other end has gone without a word: a node that is lost, a firewall that forgets. */
final class WatchLiveness {

    private static final long PERIOD_MILLIS = 60_000;

    /** All watches are looked after in the same moment: a wake-up costs more than what there is to do. */
    private static final long SINCE = System.nanoTime();

    private final Vertx vertx;
    private final ClientWebSocket socket;
    private boolean answered = true;
    private long timer = -1;

    /** Handles the connection's pongs. */
    WatchLiveness(Vertx vertx, ClientWebSocket socket) {
        this.vertx = vertx;
        this.socket = socket;
        socket.pongHandler(ignored -> answered = true);
    }

    /** In the connection's context. */
    void start() {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - SINCE);
        timer = vertx.setPeriodic(PERIOD_MILLIS - now % PERIOD_MILLIS, PERIOD_MILLIS, ignored -> look());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void look() {
        if (answered) {
            answered = false;
            socket.writePing(Buffer.buffer());
        } else {
            socket.close();
        }
    }
}
