package io.slotless.sidecar.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.proxy.RequestBudget.Claim;
import io.slotless.sidecar.resp.RespLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RequestBudgetProperties {

    private static final int TOTAL = 1000;

    private final RequestBudget budget = new RequestBudget(RespLimits.DEFAULT.withCommandsUpTo(TOTAL), () -> 0);

    /** Whatever commands need and expect, and in whatever order they come, are sent and break off. */
    @Property
    void everyCommandComesToAnEndAndAllIsGivenBack(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = TOTAL) Integer> sizes,
            @ForAll @IntRange(min = 0, max = 3) int optimism,
            @ForAll @IntRange(min = 0, max = 20) int leaveInHundred,
            @ForAll Random random) {
        LongUnaryOperator expected = needed -> needed * optimism;
        List<Sender> senders = new ArrayList<>(
                sizes.stream().map(size -> new Sender(size, expected)).toList());
        while (!senders.isEmpty()) {
            List<Sender> able = senders.stream().filter(Sender::canGoOn).toList();
            assertThat(able).as("nobody can go on").isNotEmpty();
            if (random.nextInt(100) < leaveInHundred) {
                senders.get(random.nextInt(senders.size())).leave();
            } else {
                able.get(random.nextInt(able.size())).goOn(random);
            }
            assertThat(budget.free()).isBetween(0L, (long) TOTAL);
            senders.removeIf(sender -> sender.gone);
        }
        assertThat(budget.free()).isEqualTo(TOTAL);
    }

    /** No command is refused whose end was foreseen when it began. */
    @Property
    void whoExpectsNoLessThanItNeedsIsNeverRefused(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = TOTAL) Integer> sizes,
            @ForAll Random random) {
        List<Sender> senders = new ArrayList<>(
                sizes.stream().map(size -> new Sender(size, ignored -> size)).toList());
        while (!senders.isEmpty()) {
            List<Sender> able = senders.stream().filter(Sender::canGoOn).toList();
            able.get(random.nextInt(able.size())).goOn(random);
            assertThat(senders).noneMatch(sender -> sender.claim.isRefused());
            senders.removeIf(sender -> sender.gone);
        }
    }

    @Property
    void whoHasNothingYetIsServedInTheOrderOfComing(
            @ForAll @Size(min = 2, max = 20) List<@IntRange(min = 1, max = TOTAL) Integer> sizes) {
        Claim first = budget.claim(() -> {});
        assertThat(first.extend(TOTAL, TOTAL)).isTrue();
        List<Integer> order = new ArrayList<>();
        List<Claim> claims = IntStream.range(0, sizes.size())
                .mapToObj(i -> budget.claim(() -> order.add(i)))
                .toList();
        for (int i = 0; i < sizes.size(); i++) {
            assertThat(claims.get(i).extend(sizes.get(i), sizes.get(i))).isFalse();
        }
        first.close();
        claims.forEach(Claim::close);
        assertThat(order)
                .containsExactlyElementsOf(
                        IntStream.range(0, sizes.size()).boxed().toList());
    }

    /** A client with one command. */
    private final class Sender {

        private final Claim claim = budget.claim(() -> {});
        private final int size;
        private final LongUnaryOperator expected;
        private int come;
        private boolean sent;
        private boolean gone;

        Sender(int size, LongUnaryOperator expected) {
            this.size = size;
            this.expected = expected;
        }

        boolean canGoOn() {
            return claim.isRefused() || !claim.isWaiting();
        }

        void goOn(Random random) {
            if (sent || claim.isRefused()) {
                leave();
            } else if (come == size) {
                claim.complete(size);
                sent = true;
            } else {
                come += 1 + random.nextInt(size - come);
                claim.extend(come, expected.applyAsLong(come));
            }
        }

        void leave() {
            claim.close();
            claim.close();
            gone = true;
        }
    }
}
