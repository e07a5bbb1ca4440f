package io.slotless.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void goodAnswerIsGivenAtOnce() {
        Patience patience = new Patience(LONG, LONG, System::nanoTime);

        assertThat(patience.ask("shop", () -> "good", "good"::equals)).isEqualTo("good");
    }

    @Test
    void questionIsAskedAgainWhenTheCatalogueHasChanged() throws Exception {
        Patience patience = new Patience(LONG, LONG, System::nanoTime);
        CountDownLatch askedTwice = new CountDownLatch(2);
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> patience.ask(
                "shop",
                () -> {
                    askedTwice.countDown();
                    return asked.incrementAndGet();
                },
                number -> number == 3));
        while (!askedTwice.await(1, TimeUnit.MILLISECONDS)) {
            patience.changed();
        }
        patience.changed();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    /** A change between the answer and the wait must not be missed. */
    @Test
    void changeDuringTheQuestionCounts() {
        Patience patience = new Patience(LONG, LONG, System::nanoTime);

        assertThat(patience.ask(
                        "shop",
                        () -> {
                            patience.changed();
                            return asked.incrementAndGet();
                        },
                        number -> number == 2))
                .isEqualTo(2);
    }

    @Test
    void lastAnswerIsGivenWhenTheTimeIsUp() {
        Patience patience = new Patience(Duration.ofMillis(20), LONG, System::nanoTime);

        assertThat(patience.ask("shop", asked::incrementAndGet, number -> false))
                .isEqualTo(1);
    }

    @Test
    void whatWasAskedInVainIsAskedButOnceForAWhile() {
        Patience patience = new Patience(Duration.ofMillis(20), LONG, System::nanoTime);
        Supplier<Integer> changing = () -> {
            patience.changed();
            return asked.incrementAndGet();
        };
        patience.ask("shop", changing, number -> false);
        assertThat(asked.getAndSet(0)).isGreaterThan(1);

        patience.ask("shop", changing, number -> false);
        assertThat(asked.getAndSet(0)).isEqualTo(1);

        patience.ask("other", changing, number -> false);
        assertThat(asked.get()).isGreaterThan(1);
    }
}
