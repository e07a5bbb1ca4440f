package io.slotless.benchmark.datapath;

import static io.slotless.benchmark.datapath.ResultsFixture.ALONE;
import static io.slotless.benchmark.datapath.ResultsFixture.CLUSTER;
import static io.slotless.benchmark.datapath.ResultsFixture.ENVOY;
import static io.slotless.benchmark.datapath.ResultsFixture.ENVOY_BATCHING;
import static io.slotless.benchmark.datapath.ResultsFixture.ONE;
import static io.slotless.benchmark.datapath.ResultsFixture.PROXY;
import static io.slotless.benchmark.datapath.ResultsFixture.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.slotless.benchmark.document.MarkedDocument;
import io.slotless.benchmark.system.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void figureIsTheMedianOfItsRounds() {
        Results results = new ResultsFixture()
                .with(ONE, REDIS, 300, 5, 10, 90)
                .with(ONE, REDIS, 100, 9, 30, 70)
                .with(ONE, REDIS, 200, 7, 20, 80)
                .results();

        assertThat(results.direct(ONE)).contains(new Figures(200, 7, 20, 80));
    }

    @Test
    void figureOfTwoRoundsIsTheirMean() {
        assertThat(Figures.median(1, 3)).isEqualTo(2);
    }

    @Test
    void anotherProxyIsComparedWithByItsBetterSetting() {
        Results results = new ResultsFixture()
                .with(ONE, CLUSTER, 300, 6, 1, 1)
                .with(ONE, ENVOY, 100, 8, 1, 1)
                .with(ONE, ENVOY_BATCHING, 200, 12, 1, 1)
                .results();

        Comparison comparison =
                Comparison.withPeer(results, ONE, "Envoy", Mode.CLUSTER).orElseThrow();

        assertThat(comparison.throughput()).isCloseTo(1.5, within(1e-9));
        assertThat(comparison.cpu()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void barIsMissedWhereOneCellMissesIt() {
        Results results = new ResultsFixture()
                .with(ONE, CLUSTER, 160, 5, 1, 1)
                .with(ONE, ENVOY, 100, 10, 1, 1)
                .with(ALONE, CLUSTER, 120, 5, 1, 1)
                .with(ALONE, ENVOY, 100, 10, 1, 1)
                .results();

        List<String> rows = Bars.of(results).stream().map(Bar::row).toList();

        assertThat(rows)
                .contains(
                        "| throughput of Envoy's, CLUSTER, P=1 | ≥ 1.50 | 1.20 (GET c=1 P=1 64 B); 1 of 2 met | **missed** |\n")
                .contains(
                        "| CPU per command of Envoy's, CLUSTER | ≤ 0.70 | 0.50 (GET c=50 P=1 64 B); 2 of 2 met | met |\n")
                .contains("| throughput of predixy's, P=1 | ≥ 1.00 |  | not measured |\n");
    }

    @Test
    void addedLatencyIsADifferenceAndItsTailARatio() {
        Results results = new ResultsFixture()
                .with(ALONE, REDIS, 100, 10, 20, 50)
                .with(ALONE, PROXY, 90, 10, 60, 125)
                .results();

        List<String> rows = Bars.of(results).stream().map(Bar::row).toList();

        assertThat(rows)
                .contains("| added to the median at c=1, PROXY, µs | ≤ 50 | 40 (GET c=1 P=1 64 B) | met |\n")
                .contains("| p99 of Redis's own at c=1, PROXY | ≤ 2.00 | 2.50 (GET c=1 P=1 64 B) | **missed** |\n");
    }

    @Test
    void documentHasEveryCellOfEverySystem() {
        Results results = new ResultsFixture()
                .with(ONE, REDIS, 80_000, 5, 600, 900)
                .with(ONE, PROXY, 60_000, 7.126, 700, 1_200)
                .results();

        String document =
                new Report(List.of("a machine"), results, List.of(new MemoryUse(PROXY, 80.4, 95.6))).document();

        assertThat(document)
                .contains("- a machine\n")
                .contains("| GET c=50 P=1 64 B | Redis | 80,000 | 1.00 | 600 | 900 | 5.00 |\n")
                .contains("| GET c=50 P=1 64 B | Slotless PROXY | 60,000 | 0.75 | 700 | 1,200 | 7.13 |\n")
                .contains("| GET c=50 P=1 64 B | 0.75; 1.43 |")
                .contains("| Slotless PROXY | 80 | 96 |\n");
    }

    @Test
    void partOfADocumentIsReplacedAndNothingElse() {
        String document = """
                before
                <!-- data-path: written by integration-tests/benchmark -->
                old
                <!-- /data-path -->
                after
                """;

        assertThat(MarkedDocument.replace(document, "data-path", "new\n")).isEqualTo(document.replace("old", "new"));
    }

    @Test
    void cellsHaveNamesOfTheirOwn() {
        List<Cell> all = Cell.all();

        assertThat(all.stream().map(Cell::toString)).doesNotHaveDuplicates();
        assertThat(Cell.quick()).isSubsetOf(all);
    }
}
