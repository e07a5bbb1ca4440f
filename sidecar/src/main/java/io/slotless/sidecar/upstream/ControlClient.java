package io.slotless.sidecar.upstream;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.resp.RespValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
                .compose(connection -> send(connection, request))
                .onSuccess(promise::tryComplete)
                .onFailure(promise::tryFail);
        return promise.future().onComplete(ignored -> {
            vertx.cancelTimer(timer);
            client.close();
        });
    }

    private static Future<RespValue> send(RedisConnection connection, Request request) {
        return connection.send(request).map(ResponseValues::of);
    }

    private RedisOptions options(Node node) {
        RedisOptions options = new RedisOptions()
                .setConnectionString(
                        (config.tls().isPresent() ? "rediss://" : "redis://") + userInfo(config.credentials()) + node)
                .setProtocolNegotiation(false)
                .setNetClientOptions(ClientOptions.of(config))
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1);
        Credentials credentials = config.credentials();
        if (credentials != null && credentials.username() == null) {
            options.setPassword(credentials.password());
        }
        return options;
    }

    /** The library takes a user name only in the address. */
    private static String userInfo(@Nullable Credentials credentials) {
        return credentials == null || credentials.username() == null
                ? ""
                : encode(credentials.username()) + ":" + encode(credentials.password()) + "@";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
