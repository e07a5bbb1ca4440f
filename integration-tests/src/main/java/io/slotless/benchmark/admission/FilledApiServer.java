package io.slotless.benchmark.admission;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As much of an API server as a webhook needs: lists of many objects, watches in which nothing happens but what it writes
 * itself, a Lease, and the status of RedisDestinations. The fixture of the tests, which stores what it is given, takes minutes
 * to take ten thousand objects.
 */
final class FilledApiServer implements AutoCloseable {

    private static final String RESOURCES = "/apis/redis.aeraki.io/v1alpha1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ElectionLease lease;
    private final Statuses statuses;
    private final List<HttpExchange> followers = new CopyOnWriteArrayList<>();

    /**
     * Starts it.
     *
     * @param destinations how many RedisDestinations there are, each with its Service
     * @param role what the webhook becomes that asks it
     */
    FilledApiServer(int destinations, Role role) {
        this.lease = new ElectionLease(role);
        this.statuses = new Statuses(destinations, role);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 404, status(404)));
        server.createContext("/version", exchange -> answer(exchange, 200, """
                        {"major": "1", "minor": "36", "gitVersion": "v1.36.0", "buildDate": "2026-01-01T00:00:00Z"}"""));
        list("/api/v1", "Namespace", FilledCluster.namespaces(destinations), FilledCluster::namespace);
        list("/api/v1", "Service", destinations, FilledCluster::service);
        list("/api/v1", "Pod", 0, String::valueOf);
        list(RESOURCES, "RedisDestination", destinations, this::destination);
        server.createContext(RESOURCES + "/namespaces/", this::writeStatus);
        server.createContext("/apis/coordination.k8s.io/v1/namespaces/", this::lease);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether the webhook has been made the leader. */
    boolean isLed() {
        return lease.isTaken();
    }

    /** How many times a status was written. */
    int statusesWritten() {
        return statuses.written();
    }

    private String destination(int number) {
        return FilledCluster.destination(number, 1, statuses.of(number));
    }

    private void list(String api, String kind, int count, IntFunction<String> item) {
        String version = api.replaceFirst("^/apis?/", "");
        server.createContext(api + "/" + kind.toLowerCase(Locale.ROOT) + "s", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("watch=true")) {
                watch(exchange);
                return;
            }
            int from = parameter(query, "continue", 0);
            int to = Math.min(count, from + parameter(query, "limit", count));
            String next = to < count ? ", \"continue\": \"" + to + "\"" : "";
            answer(exchange, 200, """
                    {"apiVersion": "%s", "kind": "%sList", "metadata": {"resourceVersion": "1"%s}, "items": [%s]}""".formatted(
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
    private void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        if (exchange.getRequestURI().getPath().startsWith(RESOURCES)) {
            followers.add(exchange);
        }
    }

    /** Server-side apply; whoever watches hears of it. */
    private synchronized void writeStatus(HttpExchange exchange) throws IOException {
        int number = statuses.write(exchange.getRequestBody().readAllBytes());
        String object = FilledCluster.destination(number, 1 + statuses.written(), statuses.of(number));
        answer(exchange, 200, object);
        byte[] event = ("{\"type\": \"MODIFIED\", \"object\": " + object + "}\n").getBytes(StandardCharsets.UTF_8);
        for (HttpExchange follower : followers) {
            try {
                OutputStream events = follower.getResponseBody();
                events.write(event);
                events.flush();
            } catch (IOException e) {
                followers.remove(follower);
            }
        }
    }

    private void lease(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            Optional<String> now = lease.read();
            answer(exchange, now.isPresent() ? 200 : 404, now.orElse(status(404)));
        } else {
            int code = exchange.getRequestMethod().equals("POST") ? 201 : 200;
            answer(exchange, code, lease.write(exchange.getRequestBody().readAllBytes()));
        }
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

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
