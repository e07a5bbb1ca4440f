package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RequestBudget.Claim;
import io.slotless.sidecar.resp.RespLimits;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private long now;
    private final RequestBudget budget = new RequestBudget(RespLimits.DEFAULT.withCommandsUpTo(100), () -> now);
    private final Claim first = budget.claim(() -> {});
    private final Claim second = budget.claim(() -> {});
    private final Claim third = budget.claim(() -> {});

    @Test
    void whatACommandDidNotNeedIsForOthersAtOnce() {
        assertThat(first.extend(40, 100)).isTrue();
        assertThat(second.extend(50, 50)).isFalse();
        first.complete(50);
        assertThat(second.isWaiting()).isFalse();
    }

    @Test
    void aCommandThatHasBegunGoesBeforeThoseThatHaveNot() {
        first.extend(60, 60);
        second.extend(30, 30);
        assertThat(third.extend(20, 20)).isFalse();
        assertThat(first.extend(80, 80)).isFalse();
        second.close();
        assertThat(first.isWaiting()).isFalse();
        assertThat(third.isWaiting()).isFalse();
    }

    @Test
    void whenNobodyHasRoomForTheRestTheLastOneToNeedSomeIsRefused() {
        first.extend(50, 50);
        second.extend(50, 50);
        assertThat(second.extend(80, 80)).isFalse();
        assertThat(second.isRefused()).isFalse();
        assertThat(first.extend(60, 60)).isFalse();
        assertThat(first.isRefused()).isTrue();
        first.close();
        assertThat(second.isWaiting()).isFalse();
    }

    @Test
    void whoWaitsTooLongIsRefused() {
        first.extend(100, 100);
        first.complete(100);
        second.extend(10, 10);
        now += RequestBudget.PATIENCE_NANOS;
        budget.check();
        assertThat(second.isRefused()).isFalse();
        now++;
        budget.check();
        assertThat(second.isRefused()).isTrue();
        assertThat(first.isRefused()).isFalse();
    }

    @Test
    void whoStopsInTheMiddleIsRefusedWhenOthersWaitForItsRoom() {
        first.extend(60, 100);
        now += RequestBudget.LONGEST_PAUSE_NANOS + 1;
        budget.check();
        assertThat(first.isRefused()).isFalse();
        second.extend(10, 10);
        first.extend(61, 100);
        budget.check();
        assertThat(first.isRefused()).isFalse();
        now += RequestBudget.LONGEST_PAUSE_NANOS + 1;
        budget.check();
        assertThat(first.isRefused()).isTrue();
        first.close();
        assertThat(second.isWaiting()).isFalse();
    }
}
