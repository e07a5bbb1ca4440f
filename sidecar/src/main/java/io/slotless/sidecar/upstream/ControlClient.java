package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.resp.RespValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server one thing on a short-lived connection of its own: topology, command table. The library's client is
 * good for that, and kept off the data path.
 */
final class ControlClient {

    private static final long TIMEOUT_MILLIS = 3_000;

    private final Vertx vertx;
    private final DestinationConfig config;

    ControlClient(Vertx vertx, DestinationConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** The reply; fails when it does not come in time or is an error. */
    Future<RespValue> ask(Node node, Request request) {
        Promise<RespValue> promise = Promise.promise();
        Redis client = Redis.createClient(vertx, options(node));
        long timer = vertx.setTimer(
                TIMEOUT_MILLIS,
                ignored -> promise.tryFail(
                        new TimeoutException(node + " did not answer within " + TIMEOUT_MILLIS + " ms")));
        client.connect()
                .compose(connection -> authenticate(connection).compose(ignored -> send(connection, request)))
                .onSuccess(promise::tryComplete)
                .onFailure(promise::tryFail);
        return promise.future().onComplete(ignored -> {
            vertx.cancelTimer(timer);
            client.close();
        });
    }

    /** As the data path does. The library would take a refusal for consent where the server wants no password. */
    private Future<?> authenticate(RedisConnection connection) {
        Credentials credentials = config.credentials();
        if (credentials == null) {
            return Future.succeededFuture();
        }
        Request auth = Request.cmd(Command.AUTH);
        if (credentials.username() != null) {
            auth.arg(credentials.username());
        }
        return connection.send(auth.arg(credentials.password()));
    }

    private static Future<RespValue> send(RedisConnection connection, Request request) {
        return connection.send(request).map(ResponseValues::of);
    }

    private RedisOptions options(Node node) {
        return new RedisOptions()
                .setConnectionString((config.tls().isPresent() ? "rediss://" : "redis://") + node)
                .setProtocolNegotiation(false)
                .setNetClientOptions(ClientOptions.of(config))
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1);
    }
}
