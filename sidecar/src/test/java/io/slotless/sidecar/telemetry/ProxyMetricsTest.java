package io.slotless.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.Listen;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.proxy.Traffic;
import io.slotless.sidecar.proxy.backend.RedirectKind;
import io.slotless.sidecar.upstream.ServerState;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {

    private static final Node NODE = new Node("10.0.0.1", 6379);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ProxyMetrics metrics = new ProxyMetrics(registry);

    @Test
    void everyEventCountsForItsHost() {
        metrics.clientConnected("a");
        metrics.protocolError("a", "not RESP");
        metrics.retried("a");
        metrics.upstreamConnected("a", NODE);
        metrics.upstreamDisconnected("a", NODE, new IllegalStateException());
        metrics.topologyChanged("a", 3, 6);
        metrics.topologyFailed("a", new IllegalStateException());
        metrics.reconfigured("a", Mode.CLUSTER);
        metrics.redirected("a", RedirectKind.ASK);
        metrics.destinationHeldBack("a");
        metrics.destinationFollowed("b");
        for (String name : new String[] {
            "client.connections", "protocol.errors", "retries", "upstream.connections", "upstream.disconnections",
            "topology.changes", "topology.failures", "reconfigurations", "cluster.mode", "destination.problem"
        }) {
            assertThat(value(name, "a")).as(name).isEqualTo(1);
            assertThat(value(name, "b")).as(name).isZero();
        }
        assertThat(value("topology.shards", "a")).isEqualTo(3);
        assertThat(value("topology.nodes", "a")).isEqualTo(6);
        assertThat(registry.get("slotless.redirects")
                        .tags("host", "a", "kind", "ASK")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void countsPerCommandAreReadFromTheDataPath() {
        metrics.destinationFollowed("a");
        assertThat(value("commands", "a")).isZero();
        metrics.read(new FixedTraffic(new Traffic(1, 20, 300, 4000)));
        assertThat(value("clients", "a")).isEqualTo(1);
        assertThat(value("commands", "a")).isEqualTo(20);
        assertThat(value("request.bytes", "a")).isEqualTo(300);
        assertThat(value("reply.bytes", "a")).isEqualTo(4000);
    }

    private double value(String name, String host) {
        Meter meter = registry.get("slotless." + name).tag("host", host).meter();
        return meter.measure().iterator().next().getValue();
    }

    private record FixedTraffic(Traffic traffic) implements RedisProxy {

        @Override
        public Traffic traffic(String host) {
            return traffic;
        }

        @Override
        public Future<Void> listen(Listen where, DestinationConfig initial) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reconfigure(DestinationConfig config) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> heard(Duration limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<ServerState> servers(String host) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> drain(Duration limit) {
            throw new UnsupportedOperationException();
        }
    }
}
