package io.slotless.benchmark.footprint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.slotless.fixture.kubernetes.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * As much of an API server as a sidecar sees of it: TLS, a bearer token, lists of some objects, and watches that stay open with
 * a bookmark now and then.
 */
final class KubernetesApi implements AutoCloseable {

    private static final long BOOKMARKS_MILLIS = 60_000;
    private static final String TOKEN = "token-of-the-pod";

    private final HttpsServer server;
    private final Certificates certificates;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    private KubernetesApi(HttpsServer server, Certificates certificates) {
        this.server = server;
        this.certificates = certificates;
    }

    /**
     * Starts it on a free port.
     *
     * @param objects what it answers: the JSON object of an {@code apiVersion}, by the path of its collection, from the query
     *     of the request; empty for an empty list
     */
    static KubernetesApi start(Certificates certificates, Map<String, Function<String, String>> objects) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificates.serving()));
            KubernetesApi api = new KubernetesApi(server, certificates);
            server.setExecutor(api.threads);
            server.createContext("/", exchange -> answer(exchange, 404, failure(404)));
            objects.forEach((path, items) -> server.createContext(path, exchange -> serve(exchange, items)));
            server.start();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings with which a sidecar finds it. */
    Map<String, String> settings() {
        return Map.of(
                "quarkus.kubernetes-client.api-server-url",
                "https://127.0.0.1:" + server.getAddress().getPort(),
                "quarkus.kubernetes-client.ca-cert-file",
                certificates.certificate().toString(),
                "quarkus.kubernetes-client.token",
                TOKEN);
    }

    private static void serve(HttpExchange exchange, Function<String, String> items) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("Bearer " + TOKEN).equals(authorization)) {
            answer(exchange, 401, failure(401));
        } else if (query.contains("watch=true")) {
            watch(exchange, items);
        } else {
            answer(exchange, 200, """
                    {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": "1"}, "items": [%s]}""".formatted(items.apply(query)));
        }
    }

    /** Until the client goes. */
    private static void watch(HttpExchange exchange, Function<String, String> items) throws IOException {
        String version = items.apply(String.valueOf(exchange.getRequestURI().getQuery()))
                .replaceFirst(
                        "(?s)^.*?\"apiVersion\": \"([^\"]*)\", \"kind\": \"([^\"]*)\".*$",
                        "\"apiVersion\": \"$1\", \"kind\": \"$2\"");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
            while (true) {
                exchange.getResponseBody().flush();
                Thread.sleep(BOOKMARKS_MILLIS);
                exchange.getResponseBody()
                        .write(("{\"type\": \"BOOKMARK\", \"object\": {" + version
                                        + ", \"metadata\": {\"resourceVersion\": \"2\"}}}\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String failure(int code) {
        return """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": %d}""".formatted(code);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
