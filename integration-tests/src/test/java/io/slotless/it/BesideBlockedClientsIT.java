package io.slotless.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.fixture.resp.PlainRedisClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits in a blocking command, or is in the middle of a transaction, slows nobody down. */
@Timeout(120)
class BesideBlockedClientsIT {

    private static final int ROUNDS = 21;
    private static final int PIPELINES = 40;
    /** Far below one, for machines that are busy with other things; the figure is printed. */
    private static final double LEAST = 0.75;

    private final Stage stage = Stage.shared();
    private final List<List<byte[]>> gets = IntStream.range(0, 100)
            .mapToObj(i -> PlainRedisClient.bytes("GET", "key" + i))
            .toList();

    @Test
    void pipelinesOfOthersAreAsFastAsBefore() {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        try (PlainRedisClient reading = stage.clusterClient()) {
            run(reading);
            // By turns, so that what else the machine does meets both alike.
            for (int round = 0; round < ROUNDS; round++) {
                alone.add(run(reading));
                try (PlainRedisClient waiting = stage.clusterClient();
                        PlainRedisClient queueing = stage.clusterClient()) {
                    waiting.send("BLPOP", "nothing", "60");
                    queueing.demand("WATCH", "some{tag}");
                    queueing.demand("MULTI");
                    queueing.demand("SET", "other{tag}", "x");
                    beside.add(run(reading));
                }
            }
        }
        double ratio = median(beside) / median(alone);
        System.out.printf(
                "pipelined GETs: %.0f/s alone, %.0f/s beside a blocked client and one in a transaction, ratio %.3f%n",
                median(alone), median(beside), ratio);
        assertThat(ratio).isGreaterThan(LEAST);
    }

    /** GETs per second. */
    private double run(PlainRedisClient client) {
        long begin = System.nanoTime();
        for (int i = 0; i < PIPELINES; i++) {
            assertThat(client.pipeline(gets)).hasSize(gets.size());
        }
        return PIPELINES * gets.size() * 1e9 / (System.nanoTime() - begin);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
