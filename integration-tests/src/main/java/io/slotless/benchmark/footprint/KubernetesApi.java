package io.slotless.benchmark.footprint;

import io.slotless.fixture.kubernetes.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * As much of an API server as a sidecar sees of it: TLS, a bearer token, lists of some objects, and watches, over WebSockets, that
 * stay open and have a bookmark now and then.
 */
final class KubernetesApi implements AutoCloseable {

    private static final long BOOKMARKS_MILLIS = 60_000;
    private static final String TOKEN = "token-of-the-pod";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final Vertx vertx = Vertx.vertx();
    private final Certificates certificates;
    private final Map<String, Function<String, String>> objects;
    private final HttpServer server;

    /**
     * Starts it on a free port.
     *
     * @param objects what it answers: JSON objects with commas between them, by the path of their collection, from the query of
     *     the request
     */
    KubernetesApi(Certificates certificates, Map<String, Function<String, String>> objects) {
        this.certificates = certificates;
        this.objects = objects;
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificates.certificate().toString())
                                .addKeyPath(certificates.key().toString())))
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The settings with which a sidecar finds it. */
    Map<String, String> settings(Path folder) {
        try {
            Files.createDirectories(folder);
            return Map.of(
                    "slotless.api-server.url",
                    "https://127.0.0.1:" + server.actualPort(),
                    "slotless.api-server.authorities",
                    certificates.certificate().toString(),
                    "slotless.api-server.token",
                    Files.writeString(folder.resolve("benchmark-token"), TOKEN).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpServerRequest request) {
        Function<String, String> items = objects.get(request.path());
        String query = URLDecoder.decode(String.valueOf(request.query()), StandardCharsets.UTF_8);
        if (items == null) {
            answer(request, NOT_FOUND, "{\"kind\": \"Status\"}");
        } else if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
            answer(request, UNAUTHORIZED, "{\"kind\": \"Status\"}");
        } else if (query.contains("watch=true")) {
            watch(request);
        } else {
            answer(request, OK, """
                    {"kind": "List", "metadata": {"resourceVersion": "1"}, "items": [%s]}""".formatted(items.apply(query)));
        }
    }

    /** Until the client goes. */
    private void watch(HttpServerRequest request) {
        request.toWebSocket().onSuccess(socket -> {
            long bookmarks = vertx.setPeriodic(BOOKMARKS_MILLIS, ignored -> socket.writeTextMessage("""
                    {"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "2"}}}"""));
            socket.closeHandler(ignored -> vertx.cancelTimer(bookmarks));
        });
    }

    private static void answer(HttpServerRequest request, int code, String body) {
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(body);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
