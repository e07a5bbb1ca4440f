package io.slotless.sidecar.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import java.time.Duration;

/** Closes a connection whose other end has gone without a word: a node that is lost, a firewall that forgets. */
final class WatchLiveness {

    private static final Duration PERIOD = Duration.ofSeconds(60);

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
        timer = vertx.setPeriodic(PERIOD.toMillis(), ignored -> look());
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
