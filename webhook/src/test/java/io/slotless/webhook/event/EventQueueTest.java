package io.slotless.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    private final EventQueue queue = new EventQueue(2);

    @Test
    void oldestFirstAndEachObjectAndReasonOnce() throws Exception {
        assertThat(queue.offer(event("a"))).isTrue();
        assertThat(queue.offer(event("b"))).isTrue();
        assertThat(queue.offer(event("a"))).as("takes no more room").isTrue();

        PendingEvent first = queue.take();
        assertThat(first.regarding().getName()).isEqualTo("a");
        assertThat(first.count()).isEqualTo(2);
        assertThat(queue.take().count()).isEqualTo(1);
    }

    @Test
    void whatFindsNoRoomIsRefused() throws Exception {
        queue.offer(event("a"));
        queue.offer(event("b"));

        assertThat(queue.offer(event("c"))).isFalse();

        queue.take();
        assertThat(queue.offer(event("c"))).isTrue();
    }

    @Test
    void takingWaitsForOne() throws Exception {
        CompletableFuture<PendingEvent> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        queue.offer(event("late"));

        assertThat(taken.get(30, TimeUnit.SECONDS).regarding().getName()).isEqualTo("late");
    }

    private static PendingEvent event(String name) {
        return PendingEventTest.event(name, name, "Reason", "message");
    }
}
