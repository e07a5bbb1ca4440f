package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Asks the one server of a configuration whether it answers: when somebody wants to know and only then, on a connection
 * of its own. However many want to know, it is asked once in {@value #FRESH_MILLIS} ms.
 */
public final class ServerProbe {

    private static final long FRESH_MILLIS = 5_000;
    private static final String ASKS_FOR_AUTHENTICATION = "AuthenticationRequired";

    private final Context context;
    private final DestinationConfig config;
    private final ControlClient client;
    private final LongSupplier nanoTime;
    private final List<Promise<ServerState>> waiting = new ArrayList<>();
    private ServerState state = new ServerState.Unknown();
    private long askedAt;

    /**
     * @param context where to work
     * @param nanoTime a monotonic clock, as {@link System#nanoTime}
     */
    public ServerProbe(Vertx vertx, Context context, DestinationConfig config, LongSupplier nanoTime) {
        this.context = context;
        this.config = config;
        this.client = new ControlClient(vertx, config);
        this.nanoTime = nanoTime;
    }

    /** What the server says; never fails, takes no longer than the question may. Any thread. */
    public Future<ServerState> state() {
        Promise<ServerState> answer = Promise.promise();
        context.runOnContext(ignored -> {
            boolean fresh = !(state instanceof ServerState.Unknown)
                    && nanoTime.getAsLong() - askedAt < FRESH_MILLIS * 1_000_000;
            if (waiting.isEmpty() && fresh) {
                answer.complete(state);
                return;
            }
            waiting.add(answer);
            if (waiting.size() == 1) {
                ask();
            }
        });
        return answer.future();
    }

    private void ask() {
        Endpoint server = config.seeds().get(0);
        client.ask(new Node(server.host(), server.port()), Request.cmd(Command.PING))
                .onComplete(answer -> {
                    state = answer.succeeded() ? new ServerState.Answering(1, 1, true) : failure(answer.cause());
                    askedAt = nanoTime.getAsLong();
                    List<Promise<ServerState>> told = List.copyOf(waiting);
                    waiting.clear();
                    told.forEach(promise -> promise.complete(state));
                });
    }

    private ServerState failure(Throwable cause) {
        ServerState.Failing failing = ServerFailure.of(cause, config);
        // Without credentials of ours every client may bring its own, and they pass.
        return config.credentials() == null && failing.reason().equals(ASKS_FOR_AUTHENTICATION)
                ? new ServerState.AsksClientsToAuthenticate()
                : failing;
    }
}
