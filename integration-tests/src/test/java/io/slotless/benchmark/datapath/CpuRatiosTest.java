package io.slotless.benchmark.datapath;

import static io.slotless.benchmark.datapath.ResultsFixture.CLUSTER;
import static io.slotless.benchmark.datapath.ResultsFixture.ONE;
import static io.slotless.benchmark.datapath.ResultsFixture.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuRatiosTest {

    private static final String NAME = "CLUSTER.GET.P1";

    @TempDir
    private Path folder;

    @Test
    void ratioIsTakenWithinARoundAndThenTheMedian() {
        CpuRatios ratios = CpuRatios.of(new ResultsFixture()
                .with(ONE, REDIS, 1_000_000, 10, 1, 1)
                .with(ONE, CLUSTER, 1_000_000, 20, 1, 1)
                // The machine was busy: slow for both.
                .with(ONE, REDIS, 1_000_000, 40, 1, 1)
                .with(ONE, CLUSTER, 1_000_000, 60, 1, 1)
                .with(ONE, REDIS, 1_000_000, 10, 1, 1)
                .with(ONE, CLUSTER, 1_000_000, 90, 1, 1)
                .results());

        assertThat(ratios.byName()).containsExactly(Map.entry(NAME, 2.0));
    }

    @Test
    void muchMoreThanBeforeIsTooMuch() {
        assertThat(ratios(NAME, 1.6).complaints(ratios(NAME, 1.0))).isEmpty();
        assertThat(ratios(NAME, 0.1).complaints(ratios(NAME, 1.0))).isEmpty();
        assertThat(ratios(NAME, 1.7).complaints(ratios(NAME, 1.0)))
                .containsExactly("CLUSTER.GET.P1: 1.70 of Redis's own CPU for a command, was 1.00");
        assertThat(ratios(NAME, Double.NaN).complaints(ratios(NAME, 1.0))).hasSize(1);
    }

    @Test
    void nothingToCompareWithIsNoPass() {
        assertThat(ratios(NAME, 1.0).complaints(ratios("PROXY.GET.P1", 1.0)))
                .containsExactly(
                        "CLUSTER.GET.P1: 1.00 of Redis's own CPU for a command, was never recorded",
                        "PROXY.GET.P1: not measured");
    }

    @Test
    void whatIsRecordedIsReadAgain() {
        Path file = folder.resolve("new/ratios.properties");
        CpuRatios ratios = ratios(NAME, 1.25);

        ratios.write(file);

        assertThat(CpuRatios.read(file)).isEqualTo(ratios);
    }

    @Test
    void recordedFiguresAreThere() {
        assertThat(CpuRatios.read(RegressionCheck.RECORDED).byName()).isNotEmpty();
    }

    private static CpuRatios ratios(String name, double ratio) {
        return new CpuRatios(new TreeMap<>(Map.of(name, ratio)));
    }
}
