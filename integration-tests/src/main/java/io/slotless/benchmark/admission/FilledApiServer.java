package io.slotless.benchmark.admission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As much of an API server as a catalogue needs: lists of many objects, watches in which nothing happens. The fixture of the
 * tests, which stores what it is given, takes minutes to take ten thousand objects.
 */
final class FilledApiServer implements AutoCloseable {

    /** RedisDestinations of one namespace. */
    static final int PER_NAMESPACE = 20;

    private static final String CREATED = "2026-01-01T00:00:00Z";

    /** What kubectl and the API server note in every object that was applied; some of it, and as long as it usually is. */
    private static final String APPLIED = """
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "%s"}, \
            "managedFields": [{"manager": "kubectl-client-side-apply", "operation": "Update", "apiVersion": "v1", \
            "time": "2026-01-01T00:00:00Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:metadata": {"f:annotations": \
            {".": {}, "f:kubectl.kubernetes.io/last-applied-configuration": {}}, "f:labels": {".": {}, "f:app": {}}}, \
            "f:spec": {"f:host": {}, "f:ports": {".": {}, "k:{\\"port\\":6379}": {".": {}, "f:name": {}, "f:port": {}}}, \
            "f:selector": {}, "f:type": {}}}}]""".formatted("x".repeat(400));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private FilledApiServer(HttpServer server) {
        this.server = server;
    }

    /** @param destinations how many RedisDestinations there are, each with its Service */
    static FilledApiServer start(int destinations) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FilledApiServer filled = new FilledApiServer(server);
            server.setExecutor(filled.threads);
            server.createContext("/", exchange -> answer(exchange, 404, status(404)));
            server.createContext("/version", exchange -> answer(exchange, 200, """
                            {"major": "1", "minor": "36", "gitVersion": "v1.36.0", "buildDate": "2026-01-01T00:00:00Z"}"""));
            int namespaces = namespaces(destinations);
            list(server, "/api/v1/namespaces", "v1", "NamespaceList", namespaces, FilledApiServer::namespace);
            list(server, "/api/v1/services", "v1", "ServiceList", destinations, FilledApiServer::service);
            list(
                    server,
                    "/apis/redis.aeraki.io/v1alpha1/redisdestinations",
                    "redis.aeraki.io/v1alpha1",
                    "RedisDestinationList",
                    destinations,
                    FilledApiServer::destination);
            server.start();
            return filled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int namespaces(int destinations) {
        return (destinations + PER_NAMESPACE - 1) / PER_NAMESPACE;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void list(
            HttpServer server, String path, String version, String kind, int count, IntFunction<String> item) {
        server.createContext(path, exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("watch=true")) {
                watch(exchange);
                return;
            }
            int from = parameter(query, "continue", 0);
            int to = Math.min(count, from + parameter(query, "limit", count));
            String next = to < count ? ", \"continue\": \"" + to + "\"" : "";
            answer(exchange, 200, """
                    {"apiVersion": "%s", "kind": "%s", "metadata": {"resourceVersion": "1"%s}, "items": [%s]}""".formatted(
                            version,
                            kind,
                            next,
                            IntStream.range(from, to).mapToObj(item).collect(Collectors.joining(",\n"))));
        });
    }

    private static int parameter(String query, String name, int otherwise) {
        Matcher value = Pattern.compile("(?:^|&)" + name + "=(\\d+)").matcher(query);
        return value.find() ? Integer.parseInt(value.group(1)) : otherwise;
    }

    /** Open until the client or the program ends. */
    private static void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String status(int code) {
        return """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": %d}""".formatted(code);
    }

    private static String namespace(int number) {
        return """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team-%d", "uid": "n-%d", \
                "resourceVersion": "1", "creationTimestamp": "%s"}, "status": {"phase": "Active"}}""".formatted(number, number, CREATED);
    }

    private static String service(int number) {
        return """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "redis-%d", "namespace": "team-%d", \
                "uid": "s-%d", "resourceVersion": "1", "creationTimestamp": "%s", "labels": {"app": "redis-%d"}, %s}, \
                "spec": {"clusterIP": "10.%d.%d.%d", "selector": {"app": "redis-%d"}, "type": "ClusterIP", \
                "ports": [{"name": "tcp-redis", "port": 6379, "targetPort": 6379, "protocol": "TCP"}, \
                {"name": "metrics", "port": 9121, "protocol": "TCP"}]}}""".formatted(
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        number,
                        CREATED,
                        number,
                        APPLIED,
                        number >> 16,
                        (number >> 8) & 255,
                        number & 255,
                        number);
    }

    private static String destination(int number) {
        return """
                {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination", \
                "metadata": {"name": "redis-%d", "namespace": "team-%d", "uid": "d-%d", "resourceVersion": "1", \
                "generation": 1, "creationTimestamp": "%s", %s}, \
                "spec": {"host": "redis-%d.team-%d.svc.cluster.local", "trafficPolicy": {"connectionPool": {"redis": \
                {"mode": "CLUSTER", "auth": {"secret": {"name": "redis-%d"}}}}}}}""".formatted(
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        number,
                        CREATED,
                        APPLIED,
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        number % PER_NAMESPACE);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
