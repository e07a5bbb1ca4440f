package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.resp.RespValue;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.function.Consumer;

/** Asks a server, once for a configuration, for its own commands: those of modules and of newer versions, too. */
public final class CommandReplyReader {

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LARGEST_PAUSE_MILLIS = 60_000;

    private final Vertx vertx;
    private final Context context;
    private final DestinationConfig config;
    private final ControlClient client;
    private final Consumer<RespValue> learned;
    private int attempts;
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean started;
    private boolean closed;

    /**
     * @param context where to work and where the result comes
     * @param learned gets the reply to COMMAND, once
     */
    public CommandReplyReader(Vertx vertx, Context context, DestinationConfig config, Consumer<RespValue> learned) {
        this.vertx = vertx;
        this.context = context;
        this.config = config;
        this.client = new ControlClient(vertx, config);
        this.learned = learned;
    }

    /** Begins to ask, until a server answers; once. */
    public void start() {
        context.runOnContext(ignored -> {
            if (!started) {
                started = true;
                ask();
            }
        });
    }

    /** Stops. */
    public void close() {
        context.runOnContext(ignored -> closed = true);
    }

    private void ask() {
        if (closed) {
            return;
        }
        Endpoint seed = config.seeds().get(attempts++ % config.seeds().size());
        client.ask(new Node(seed.host(), seed.port()), Request.cmd(Command.COMMAND))
                .map(reply -> {
                    // A reply that is not one to COMMAND fails here, and is asked for again.
                    if (!closed) {
                        learned.accept(reply);
                    }
                    return reply;
                })
                .onFailure(cause -> {
                    vertx.setTimer(pause, ignored -> ask());
                    pause = Math.min(pause * 2, LARGEST_PAUSE_MILLIS);
                });
    }
}
