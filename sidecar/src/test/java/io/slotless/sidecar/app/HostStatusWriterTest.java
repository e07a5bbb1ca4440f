package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.destination.Reading;
import io.slotless.sidecar.kubernetes.HostState;
import io.slotless.sidecar.upstream.ServerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostStatusWriterTest {

    private static final BootstrapHost HOST =
            new BootstrapHost("redis.test", "127.0.0.1", 6379, "redis.test", 6379, "shop", null);
    private static final ObjectMetadata READ = new ObjectMetadata("shop", "cache", "4711", null, null, 7L, Map.of());
    private static final ServerState THREE_SHARDS = new ServerState.Answering(3, 6, true);

    private Instant now = Instant.parse("2026-01-01T00:00:00.5Z");
    private final HostStatusWriter writer = new HostStatusWriter(() -> now);

    @Test
    void saysWhichDestinationItServesAndHowLargeTheClusterIs() {
        assertThat(writer.write(report(null), THREE_SHARDS))
                .isEqualTo(new HostStatus(
                        "redis.test",
                        new DestinationVersion("shop", "cache", "4711", 7L),
                        RedisMode.PROXY,
                        3,
                        6,
                        true,
                        "Serving",
                        "Redis answers",
                        "2026-01-01T00:00:00Z"));
    }

    @Test
    void rememberSinceWhenItIsSo() {
        writer.write(report(null), THREE_SHARDS);
        now = now.plusSeconds(60);
        assertThat(writer.write(report(null), THREE_SHARDS).since()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(writer.write(report(null), new ServerState.Failing("Timeout", "too late"))
                        .since())
                .isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void whatTheServersSayIsNotOverlooked() {
        assertThat(notReady(report(null), new ServerState.Failing("Timeout", "too late")))
                .isEqualTo("Timeout: too late");
        assertThat(notReady(report(null), new ServerState.Unknown()))
                .isEqualTo("Connecting: no server has answered yet");
        assertThat(notReady(report(null), new ServerState.Answering(3, 6, false)))
                .isEqualTo("SlotsNotServed: the cluster does not serve all of its slots");
        assertThat(writer.write(report(null), new ServerState.AsksClientsToAuthenticate())
                        .ready())
                .isTrue();
    }

    @Test
    void whatStandsInTheWayOfTheNewestDestinationIsSaidFirst() {
        assertThat(notReady(report(new Reading.Invalid(List.of("spec.host: no", "spec.port: no"))), THREE_SHARDS))
                .isEqualTo("Invalid: spec.host: no; spec.port: no");
        assertThat(notReady(report(new Reading.Waiting("Secret x")), THREE_SHARDS))
                .isEqualTo("Waiting: waits for Secret x");
    }

    @Test
    void whoDoesNotListenOrStopsDoesNotServe() {
        assertThat(notReady(new HostReport(HOST, state(null), false, false), THREE_SHARDS))
                .isEqualTo("NotListening: PROXY, not listening on 127.0.0.1:6379");
        assertThat(notReady(new HostReport(HOST, state(null), true, true), THREE_SHARDS))
                .isEqualTo("Stopping: the sidecar is on its way out");
    }

    private String notReady(HostReport report, ServerState servers) {
        HostStatus status = writer.write(report, servers);
        assertThat(status.ready()).isFalse();
        return status.reason() + ": " + status.message();
    }

    private static HostReport report(Reading obstacle) {
        return new HostReport(HOST, state(obstacle), true, false);
    }

    private static HostState state(Reading obstacle) {
        return new HostState(
                Optional.of(READ),
                Optional.of(DestinationConfig.passThrough("redis.test", new Endpoint("redis.test", 6379))),
                Optional.ofNullable(obstacle));
    }
}
