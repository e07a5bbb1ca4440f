package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotless.api.bootstrap.BootstrapHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerSourceIT {

    private static final String DESTINATIONS = "/apis/redis.aeraki.io/v1alpha1/namespaces/redis/redisdestinations";

    @TempDir
    Path mounted;

    private final RecordedDestinations told = new RecordedDestinations();
    private final RecordedWatches watches = new RecordedWatches();
    private TestApiServer server = new TestApiServer(0);
    private final Vertx vertx = Vertx.vertx();
    private Future<Void> first = Future.succeededFuture();
    private URI url;
    private ApiServerSource source;

    @BeforeEach
    void connect() {
        url = URI.create(server.url());
    }

    @AfterEach
    void close() {
        source.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void followsADestinationFromCreationToDeletion() {
        follow(Yaml.host("cache"));
        awaitTold("PROXY");
        server.apply(Yaml.cluster("cache"));
        awaitTold("PROXY", "CLUSTER");
        server.apply(
                Yaml.destination("cache", "cache.redis.svc.cluster.local", "{connectionPool: {redis: {mode: PROXY}}}"));
        awaitTold("PROXY", "CLUSTER", "PROXY");
        server.apply(Yaml.cluster("cache"));
        server.delete(Yaml.cluster("cache"));
        awaitTold("PROXY", "CLUSTER", "PROXY", "CLUSTER", "PROXY");
        assertThat(watches.events).containsExactly("following RedisDestinations of namespace redis");
    }

    @Test
    void startsAndServesTheCopyWhileTheApiServerIsAwayAndFollowsItLater() {
        int port = server.port();
        server.close();
        follow(Yaml.host("cache", Yaml.parse(Yaml.cluster("cache"))));
        awaitTold("CLUSTER");
        await().until(() -> !watches.events.isEmpty());
        assertThat(source.destinations("redis")).isEmpty();
        server = new TestApiServer(port);
        await().until(() -> source.destinations("redis").isPresent());
        awaitTold("CLUSTER", "PROXY");
        assertThat(watches.events).first().asString().startsWith("failed RedisDestinations of namespace redis");
        assertThat(watches.events).last().isEqualTo("following RedisDestinations of namespace redis");
    }

    @Test
    void keepsWhatItKnowsWhileTheApiServerIsAwayAndFollowsItWhenItIsBack() {
        server.apply(Yaml.cluster("cache"));
        follow(Yaml.host("cache"));
        await().until(() -> source.destinations("redis").isPresent());
        int port = server.port();
        server.close();
        assertThat(source.destinations("redis"))
                .hasValueSatisfying(objects -> assertThat(objects).hasSize(1));
        server = new TestApiServer(port);
        // A real API server never gives out a resourceVersion twice; this one has forgotten its own.
        server.apply(Yaml.cluster("other"));
        server.apply(Yaml.cluster("another"));
        server.apply(Yaml.withSecret("cache", "s"));
        server.apply(Yaml.secret("s", "hunter2"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(told.events).last().isEqualTo("PROXY hunter2"));
    }

    @Test
    void aMalformedObjectHidesNoOther() {
        server.apply(Yaml.destination("broken", "broken.redis.svc.cluster.local", "{connectionPool: [1]}"));
        server.apply(Yaml.cluster("cache"));
        follow(Yaml.host("cache"), Yaml.host("broken"));
        await().untilAsserted(() -> assertThat(told.events)
                .contains("CLUSTER")
                .anyMatch(event -> event.startsWith("refused spec.trafficPolicy.connectionPool")));
    }

    @Test
    void aMountedSecretIsReadBeforeTheApiServersAndFollowed() throws IOException {
        Path password = Files.createDirectory(mounted.resolve("s")).resolve("password");
        Files.writeString(password, "mounted");
        server.apply(Yaml.secret("s", "served"));
        server.apply(Yaml.withSecret("cache", "s"));
        follow(Yaml.host("cache"));
        await().untilAsserted(() -> assertThat(told.events).last().isEqualTo("PROXY mounted"));
        Files.writeString(password, "changed");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(told.events).last().isEqualTo("PROXY changed"));
        assertThat(told.events).noneMatch(event -> event.startsWith("refused"));
    }

    @Test
    void aSecretOfTheApiServerIsFollowed() {
        server.apply(Yaml.withSecret("cache", "s"));
        follow(Yaml.host("cache"));
        await().untilAsserted(() ->
                assertThat(told.events).last().isEqualTo("refused Secret s: neither mounted nor on the API server"));
        server.apply(Yaml.secret("s", "one"));
        await().untilAsserted(() -> assertThat(told.events).last().isEqualTo("PROXY one"));
        server.apply(Yaml.secret("s", "two"));
        await().untilAsserted(() -> assertThat(told.events).last().isEqualTo("PROXY two"));
    }

    @Test
    void aRefusalByTheApiServerIsToldOnceAndTheCopyServes() {
        server.refuse(DESTINATIONS + "?resourceVersion=0", 403);
        follow(Yaml.host("cache", Yaml.parse(Yaml.cluster("cache"))));
        await().until(() -> server.requests() > 3);
        assertThat(watches.events).singleElement().asString().contains("403");
        assertThat(told.events).containsExactly("CLUSTER");
    }

    @Test
    void startReturnsAtOnceWhateverTheApiServerDoes() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            long start = System.nanoTime();
            follow(Yaml.host("cache", Yaml.parse(Yaml.cluster("cache"))));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(told.events).containsExactly("CLUSTER");
        }
    }

    @Test
    void asksTheApiServerNothingBeforeItsTurn() {
        Promise<Void> turn = Promise.promise();
        first = turn.future();
        server.apply(Yaml.cluster("cache"));
        int before = server.requests();
        follow(Yaml.host("cache"));
        await().during(Duration.ofMillis(300)).until(() -> server.requests() == before);
        awaitTold("PROXY");
        turn.complete();
        awaitTold("PROXY", "CLUSTER");
    }

    @Test
    void whoIsClosedBeforeItsTurnAsksNothing() {
        Promise<Void> turn = Promise.promise();
        first = turn.future();
        follow(Yaml.host("cache"));
        source.close();
        turn.complete();
        await().during(Duration.ofMillis(300)).until(() -> server.requests() == 0);
        assertThat(watches.events).isEmpty();
    }

    private void follow(BootstrapHost... hosts) {
        ApiServerAddress address = new ApiServerAddress(url, mounted.resolve("no-ca.crt"), mounted.resolve("no-token"));
        source = new ApiServerSource(
                vertx.getOrCreateContext(),
                address,
                Set.of("redis"),
                new ApiServerSource.Mounted(new SecretFiles(mounted), "redis"),
                watches,
                () -> first);
        DestinationTracker tracker = new DestinationTracker("cluster.local", source, told);
        tracker.refresh(List.of(hosts));
        source.start(() -> tracker.refresh(List.of(hosts)));
    }

    private void awaitTold(String... events) {
        await().untilAsserted(() -> assertThat(told.events).containsExactly(events));
    }

    private static final class RecordedWatches implements WatchListener {

        final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void failed(String what, String reason) {
            events.add("failed " + what + ": " + reason);
        }

        @Override
        public void following(String what) {
            events.add("following " + what);
        }
    }
}
