package io.slotless.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutstandingTest {

    @Test
    void keepsTheOrderHoweverManyThereAre() {
        Outstanding outstanding = new Outstanding();
        long in = 0;
        long out = 0;
        for (int burst = 1; burst < 50; burst++) {
            for (int i = 0; i < burst; i++, in++) {
                outstanding.add(in % 2 == 0 ? ReplyShape.OK : ReplyShape.bulk((int) in), in);
            }
            // Never all of them: the first is somewhere in the middle when it grows.
            for (int i = 0; i < burst - 1; i++, out++) {
                assertThat(outstanding.shape() == ReplyShape.OK).isEqualTo(out % 2 == 0);
                assertThat(outstanding.remove()).isEqualTo(out);
            }
        }
        assertThat(outstanding.size()).isEqualTo((int) (in - out));
    }
}
