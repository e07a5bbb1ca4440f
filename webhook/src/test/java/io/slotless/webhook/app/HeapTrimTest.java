package io.slotless.webhook.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTrimTest {

    private static final long MB = 1L << 20;

    @Test
    void whatAStartHasLeftBehindIsCollected() {
        assertThat(HeapTrim.isWorthIt(40 * MB, 0)).isTrue();
    }

    @Test
    void whoeverIsWaitingDoesNotWaitForIt() {
        assertThat(HeapTrim.isQuiet(0)).isTrue();
        assertThat(HeapTrim.isQuiet(3)).isTrue();
        assertThat(HeapTrim.isQuiet(20)).isFalse();
    }

    @Test
    void aLittleGarbageIsNotWorthAPause() {
        assertThat(HeapTrim.isWorthIt(23 * MB, 20 * MB)).isFalse();
        assertThat(HeapTrim.isWorthIt(24 * MB, 20 * MB)).isTrue();
        assertThat(HeapTrim.isWorthIt(108 * MB, 100 * MB)).isFalse();
    }
}
