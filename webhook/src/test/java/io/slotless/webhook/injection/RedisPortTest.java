package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RedisPortTest {

    @Test
    void namedPortIsFirst() {
        assertThat(of("{name: metrics, port: 9121}, {port: 6379, name: other}, {name: tcp-redis-main, port: 7000}"))
                .hasValue(7000);
        assertThat(of("{name: redis, port: 7001}, {name: tcp-redis, port: 7000}"))
                .hasValue(7001);
    }

    @Test
    void usualPortIsNext() {
        assertThat(of("{name: metrics, port: 9121}, {name: main, port: 6379}")).hasValue(6379);
    }

    @Test
    void onlyPortIsLast() {
        assertThat(of("{port: 7000}")).hasValue(7000);
        assertThat(of("{port: 7000}, {port: 7001}")).isEmpty();
        assertThat(of("{name: redis, port: 53, protocol: UDP}, {port: 7001, protocol: TCP}"))
                .hasValue(7001);
        assertThat(of("")).isEmpty();
    }

    private static OptionalInt of(String ports) {
        TestCluster cluster = TestCluster.of(
                "{kind: Service, apiVersion: v1, metadata: {name: s, namespace: n}, spec: {ports: [" + ports + "]}}");
        return RedisPort.of(cluster.service(new ServiceName("n", "s")).orElseThrow());
    }
}
