package io.slotless.sidecar.kubernetes;

import io.slotless.sidecar.json.JsonDocuments;
import io.slotless.sidecar.json.JsonValue;
import io.slotless.sidecar.tls.CipherSuites;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two questions that a sidecar has for an API server: lists, and watches over WebSockets, where a ping tells a silent server from
 * one that is gone. Safe for several threads.
 */
final class ApiServerClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final int POOL_CLEANER_MILLIS = 20_000;
    /** etcd takes no object larger than 1.5 MiB; JSON makes more of it. */
    private static final int OBJECT_BYTES = 8 << 20;

    private final Vertx vertx;
    private final ApiServerAddress address;
    private @Nullable Clients clients;
    private boolean closed;

    /** Does not connect yet. */
    ApiServerClient(Vertx vertx, ApiServerAddress address) {
        this.vertx = vertx;
        this.address = address;
    }

    /** The list that a path and query ask for; fails with an {@link ApiServerFailure} when the server does not give it. */
    Future<JsonValue> list(String uri) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.isTls())
                .setURI(uri)
                .setIdleTimeout(TIMEOUT_MILLIS)
                .setHeaders(credentials().add("Accept", "application/json"));
        return clients().http().request(request).compose(open -> open.send()).compose(response -> response.body()
                .map(body -> listed(response, body)));
    }

    /** A watch, not yet connected: handlers come first. */
    ClientWebSocket watch() {
        return clients().webSockets().webSocket();
    }

    /** Connects a watch; fails with an {@link ApiServerFailure} when the server does not want it. */
    Future<?> connect(ClientWebSocket watch, String uri) {
        WebSocketConnectOptions request = new WebSocketConnectOptions();
        request.setHost(address.host())
                .setPort(address.port())
                .setSsl(address.isTls())
                .setURI(uri);
        request.setTimeout(TIMEOUT_MILLIS);
        request.setHeaders(credentials());
        return watch.connect(request)
                .recover(problem -> Future.failedFuture(
                        problem instanceof UpgradeRejectedException refused
                                ? new ApiServerFailure(refused.getStatus(), words(refused.getBody()))
                                : problem));
    }

    private static JsonValue listed(HttpClientResponse response, Buffer body) {
        if (response.statusCode() != 200) {
            throw new ApiServerFailure(response.statusCode(), words(body));
        }
        try {
            return JsonDocuments.json(body.toString());
        } catch (IOException e) {
            throw new ApiServerFailure(response.statusCode(), "what it answers is not JSON: " + e.getMessage());
        }
    }

    /** The message of a Status object, or what else there is. */
    private static String words(@Nullable Buffer body) {
        if (body == null) {
            return "";
        }
        try {
            return JsonDocuments.json(body.toString()).at("message").asText();
        } catch (IOException e) {
            return body.toString();
        }
    }

    private MultiMap credentials() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        String token = address.readToken();
        return token == null ? headers : headers.add("Authorization", "Bearer " + token);
    }

    /** Others as soon as the authorities are others. */
    private synchronized Clients clients() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        String authorities = address.isTls() ? address.readAuthorities() : null;
        Clients before = clients;
        if (before != null && Objects.equals(before.authorities(), authorities)) {
            return before;
        }
        if (before != null) {
            // The watches of before stay until they end.
            before.http().close();
        }
        Clients made = new Clients(
                authorities,
                vertx.createHttpClient(httpOptions(authorities)),
                vertx.createWebSocketClient(webSocketOptions(authorities)));
        clients = made;
        return made;
    }

    private HttpClientOptions httpOptions(@Nullable String authorities) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(1)
                .setKeepAliveTimeout(5)
                // It wakes the process up each time, and lists are rare.
                .setPoolCleanerPeriod(POOL_CLEANER_MILLIS)
                .setConnectTimeout(TIMEOUT_MILLIS);
        trust(options, authorities);
        return options;
    }

    private WebSocketClientOptions webSocketOptions(@Nullable String authorities) {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setMaxConnections(Integer.MAX_VALUE)
                // A watch has nothing to say in the end that is worth waiting for.
                .setClosingTimeout(0)
                .setMaxFrameSize(OBJECT_BYTES)
                .setMaxMessageSize(OBJECT_BYTES)
                .setConnectTimeout(TIMEOUT_MILLIS);
        trust(options, authorities);
        return options;
    }

    private void trust(ClientOptionsBase options, @Nullable String authorities) {
        if (address.isTls()) {
            CipherSuites.enable(options);
        }
        if (authorities != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (clients != null) {
            clients.http().close();
            clients.webSockets().close();
        }
    }

    private record Clients(@Nullable String authorities, HttpClient http, WebSocketClient webSockets) {}
}
