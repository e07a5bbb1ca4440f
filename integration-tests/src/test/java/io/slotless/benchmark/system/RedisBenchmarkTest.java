package io.slotless.benchmark.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotless.benchmark.load.LoadResult;
import org.junit.jupiter.api.Test;

class RedisBenchmarkTest {

    @Test
    void readsItsTable() {
        LoadResult result = RedisBenchmark.parse("""
                "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
                "GET","50000.00","0.346","0.104","0.339","0.487","0.551","1.799"
                """, 100_000, 2.5);

        assertThat(result.perSecond()).isEqualTo(50_000);
        assertThat(result.seconds()).isEqualTo(2);
        assertThat(result.p50()).isEqualTo(339);
        assertThat(result.p99()).isEqualTo(551);
        assertThat(result.cpuPerMillion()).isEqualTo(25);
    }

    @Test
    void itsErrorIsNoResult() {
        assertThatThrownBy(() -> RedisBenchmark.parse("Error from server: NOAUTH", 1, 0))
                .hasMessageContaining("NOAUTH");
    }
}
