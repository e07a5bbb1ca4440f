package io.slotless.sidecar.kubernetes;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Growing pauses between attempts, with chance in them: thousands of sidecars lose the same API server at once. */
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final RandomGenerator random;
    private long next = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Milliseconds until the next attempt: half to all of what doubles each time. */
    long next() {
        long pause = next / 2 + random.nextLong(next / 2 + 1);
        next = Math.min(2 * next, LONGEST_MILLIS);
        return pause;
    }

    /** It went well. */
    void reset() {
        next = FIRST_MILLIS;
    }
}
