package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an API server may say in a watch, and what it is asked next: fabric8's says none of it. */
class ObjectWatchIT {

    private static final String LIST = """
            {"kind": "RedisDestinationList", "metadata": {"resourceVersion": "7"}, "items": [%s]}""";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<ServerWebSocket> open = new CopyOnWriteArrayList<>();
    private volatile String items = "";
    private ApiServerAddress address;
    private ApiServerSource source;

    @BeforeEach
    void follow() throws IOException {
        Files.writeString(folder.resolve("token"), "first\n");
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        URI url = URI.create("http://127.0.0.1:" + server.actualPort());
        address = new ApiServerAddress(url, folder.resolve("ca.crt"), folder.resolve("token"));
        source = new ApiServerSource(
                vertx.getOrCreateContext(),
                address,
                Set.of("redis"),
                new ApiServerSource.Mounted(new SecretFiles(folder), "redis"),
                new RecordedWatches(),
                Future::succeededFuture);
        source.start(() -> {});
        await().until(() -> open.size() == 1);
    }

    @AfterEach
    void close() {
        source.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void listsAnyVersionAndWatchesFromThere() {
        assertThat(asked)
                .containsExactly(
                        "first resourceVersion=0", "first allowWatchBookmarks=true&resourceVersion=7&watch=true");
    }

    @Test
    void aWatchThatEndsGoesOnWhereTheLastBookmarkWas() {
        say("{\"type\": \"BOOKMARK\", \"object\": {\"metadata\": {\"resourceVersion\": \"9\"}}}");
        // One that ends within its first second is taken for a failure.
        vertx.setTimer(1_500, ignored -> open.get(0).close());
        await().until(() -> open.size() == 2);
        assertThat(asked).hasSize(3).last().asString().contains("resourceVersion=9&watch=true");
    }

    @Test
    void aVersionThatIsGoneMakesItListTheNewest() {
        say("{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"code\": 410, \"message\": \"too old\"}}");
        await().until(() -> open.size() == 2);
        assertThat(asked).element(2).isEqualTo("first resourceVersion=");
        assertThat(asked).element(3).asString().contains("resourceVersion=7&watch=true");
    }

    @Test
    void aRenewedTokenIsTaken() throws IOException {
        Files.writeString(folder.resolve("token"), "second");
        open.get(0).close();
        await().until(() -> open.size() == 2);
        assertThat(asked.subList(2, asked.size())).allMatch(request -> request.startsWith("second "));
    }

    @Test
    void anObjectThatIsAddedAndOneThatIsDeletedAreSeen() {
        String object = "\"object\": " + """
                {"metadata": {"name": "a", "namespace": "redis", "resourceVersion": "8"}, "spec": {"host": "a"}}}""";
        say("{\"type\": \"ADDED\", " + object);
        await().untilAsserted(() -> assertThat(source.destinations("redis").orElseThrow())
                .singleElement()
                .extracting(DestinationObject::host)
                .isEqualTo("a"));
        say("{\"type\": \"DELETED\", " + object);
        await().until(() -> source.destinations("redis").orElseThrow().isEmpty());
    }

    @Test
    void anObjectThatCannotBeTakenIsAskedForAgain() {
        AtomicInteger attempts = new AtomicInteger();
        ObjectWatch<String> watch = new ObjectWatch<>(
                ObjectQuery.redisDestinations("redis"),
                object -> {
                    int attempt = attempts.incrementAndGet();
                    if (attempt == 1 || attempt == 3) {
                        throw new IllegalArgumentException("attempt " + attempt);
                    }
                    return object.at("metadata").at("name").asText();
                },
                new ApiServerClient(vertx, address),
                vertx.getOrCreateContext(),
                new RecordedWatches(),
                () -> {});
        items = "{\"metadata\": {\"name\": \"a\"}}";
        watch.start();
        await().until(() -> watch.objects().toList().equals(List.of("a")));
        await().until(() -> open.size() == 2);
        open.get(1)
                .writeTextMessage(
                        "{\"type\": \"ADDED\", \"object\": {\"metadata\": {\"name\": \"b\", \"resourceVersion\": \"8\"}}}");
        await().until(() -> open.size() == 3);
        assertThat(attempts).hasValue(4);
        watch.close();
    }

    private void say(String event) {
        open.get(0).writeTextMessage(event);
    }

    private void answer(HttpServerRequest request) {
        asked.add(String.valueOf(request.getHeader("Authorization")).replace("Bearer ", "") + " " + request.query());
        if (request.query().contains("watch=true")) {
            request.toWebSocket().onSuccess(open::add);
        } else {
            request.response().end(LIST.formatted(items));
        }
    }

    private static final class RecordedWatches implements WatchListener {
        @Override
        public void failed(String what, String reason) {}

        @Override
        public void following(String what) {}
    }
}
