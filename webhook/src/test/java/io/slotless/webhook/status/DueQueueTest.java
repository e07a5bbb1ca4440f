package io.slotless.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueQueueTest {

    private final DueQueue queue = new DueQueue();

    @Test
    void nothingComesBeforeItsTimeAndTheOldestComesFirst() {
        queue.add("b", 20);
        queue.add("a", 30);
        queue.add("c", 10);

        assertThat(queue.poll(9)).isEmpty();
        assertThat(queue.poll(30)).contains("c");
        assertThat(queue.poll(30)).contains("b");
        assertThat(queue.poll(29)).isEmpty();
        assertThat(queue.poll(30)).contains("a");
        assertThat(queue.poll(1000)).isEmpty();
    }

    @Test
    void eachIsInItOnceAtTheEarlierTime() {
        queue.add("a", 20);
        queue.add("a", 10);
        queue.add("a", 30);

        assertThat(queue.poll(10)).contains("a");
        assertThat(queue.poll(1000)).isEmpty();
    }

    @Test
    void whatIsRemovedDoesNotCome() {
        queue.add("a", 1);
        queue.remove("a");
        queue.remove("b");

        assertThat(queue.poll(1000)).isEmpty();
    }
}
