package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.ConnectionPool;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.TrafficPolicy;
import io.slotless.sidecar.destination.SecretAnswer;
import io.slotless.sidecar.kubernetes.DestinationObject;
import io.slotless.sidecar.kubernetes.DestinationSource;
import io.slotless.sidecar.telemetry.ProxyMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SidecarTest {

    private final RecordingProxy proxy = new RecordingProxy();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemorySource source = new MemorySource();

    @Test
    void listensForEachHostAndPassesChangesOn() {
        Sidecar sidecar = sidecar(host("cache", 1, null), host("sessions", 2, null));
        assertThat(sidecar.start().succeeded()).isTrue();
        source.know(destination("sessions", RedisMode.CLUSTER, null));
        assertThat(proxy.calls)
                .containsExactly(
                        "listen 127.0.0.1:6379 cache PROXY",
                        "listen 127.0.0.2:6379 sessions PROXY",
                        "reconfigure sessions CLUSTER");
        assertThat(sidecar.report()).allMatch(HostReport::isReady);
    }

    @Test
    void listensWithTheCopyFromAdmission() {
        sidecar(host("cache", 1, destination("cache", RedisMode.CLUSTER, null))).start();
        assertThat(proxy.calls).containsExactly("listen 127.0.0.1:6379 cache CLUSTER");
    }

    @Test
    void doesNotListenBeforeThePasswordIsKnown() {
        DestinationSnapshot withheld = destination("cache", RedisMode.CLUSTER, new PlainAuth(null, null));
        Sidecar sidecar = sidecar(host("cache", 1, withheld));
        assertThat(sidecar.start().succeeded()).isTrue();
        assertThat(proxy.calls).isEmpty();
        assertThat(sidecar.report()).singleElement().satisfies(report -> {
            assertThat(report.isReady()).isFalse();
            assertThat(report)
                    .hasToString("not served on 127.0.0.1:6379; waits for the password of auth.plain,"
                            + " which only the RedisDestination itself holds");
        });
        assertThat(problem()).isEqualTo(1);
        source.know(destination("cache", RedisMode.CLUSTER, new PlainAuth(null, "hunter2")));
        assertThat(proxy.calls).containsExactly("listen 127.0.0.1:6379 cache CLUSTER");
        assertThat(sidecar.report()).allMatch(HostReport::isReady);
        assertThat(problem()).isZero();
    }

    @Test
    void failsToStartWhenAnAddressIsTaken() {
        proxy.outcomes.put("127.0.0.1:6379", Future.failedFuture("127.0.0.1:6379 is taken"));
        Sidecar sidecar = sidecar(host("cache", 1, null));
        assertThat(sidecar.start().cause()).hasMessage("127.0.0.1:6379 is taken");
        assertThat(sidecar.report()).noneMatch(HostReport::isReady);
    }

    @Test
    void aChangeWhileTheListenerComesUpIsNotLost() {
        Promise<Void> listening = Promise.promise();
        proxy.outcomes.put("127.0.0.1:6379", listening.future());
        sidecar(host("cache", 1, null)).start();
        source.know(destination("cache", RedisMode.CLUSTER, null));
        assertThat(proxy.calls).hasSize(1);
        listening.complete();
        assertThat(proxy.calls).last().isEqualTo("reconfigure cache CLUSTER");
    }

    @Test
    void stopsFollowingBeforeItDrains() {
        Sidecar sidecar = sidecar(host("cache", 1, null));
        sidecar.start();
        sidecar.stop(Duration.ofSeconds(3));
        assertThat(source.closed).isTrue();
        source.know(destination("cache", RedisMode.CLUSTER, null));
        assertThat(proxy.calls).last().isEqualTo("drain PT3S");
        assertThat(sidecar.report()).noneMatch(HostReport::isReady);
    }

    private double problem() {
        return registry.get("slotless.destination.problem").gauge().value();
    }

    private Sidecar sidecar(BootstrapHost... hosts) {
        Bootstrap bootstrap = new Bootstrap(1, "cluster.local", List.of(hosts));
        SidecarEvents events = new SidecarEvents(new ProxyMetrics(registry));
        return new Sidecar(proxy, new Hosts.FromBootstrap(bootstrap), source, events);
    }

    private static BootstrapHost host(String name, int address, DestinationSnapshot snapshot) {
        String full = name + ".redis.svc.cluster.local";
        return new BootstrapHost(full, "127.0.0." + address, 6379, full, 6379, "redis", snapshot);
    }

    private static DestinationSnapshot destination(String name, RedisMode mode, PlainAuth auth) {
        RedisSettings redis = new RedisSettings(mode, auth == null ? null : new Auth(null, auth), List.of(), null);
        return new DestinationSnapshot(
                new ObjectMetadata("redis", name, null, null, null, null, Map.of()),
                new RedisDestinationSpec(name, null, new TrafficPolicy(new ConnectionPool(null, redis), null)));
    }

    private static final class MemorySource implements DestinationSource {

        private List<DestinationObject> objects;
        private Runnable changed;
        private boolean closed;

        void know(DestinationSnapshot... destinations) {
            objects = Stream.of(destinations)
                    .<DestinationObject>map(DestinationObject.Decoded::new)
                    .toList();
            changed.run();
        }

        @Override
        public void start(Runnable whenChanged) {
            changed = whenChanged;
        }

        @Override
        public Optional<List<DestinationObject>> destinations(String namespace) {
            return Optional.ofNullable(objects);
        }

        @Override
        public SecretAnswer secret(String namespace, String name) {
            return new SecretAnswer.Missing("nowhere");
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
