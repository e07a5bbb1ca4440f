package io.slotless.webhook.admission;

import io.slotless.webhook.injection.CatalogueListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asks again when the catalogue has changed, for a moment: a watch brings what a user has just created a little later than the
 * API server sends the pod that was created next. Who has waited in vain does not wait again for a while. Any thread.
 */
public final class Patience implements CatalogueListener {

    private static final int MOST_WAITING = 64;
    private static final int REMEMBERED = 1024;

    private final long atMostNanos;
    private final long restNanos;
    private final LongSupplier nanoTime;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Map<String, Long> inVainUntil = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long changes;

    /**
     * @param atMost how long a question may take
     * @param rest after a question that was asked in vain, how long the same is asked but once
     * @param nanoTime a clock like {@link System#nanoTime()}
     */
    public Patience(Duration atMost, Duration rest, LongSupplier nanoTime) {
        this.atMostNanos = atMost.toNanos();
        this.restNanos = rest.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void changed() {
        changes++;
        notifyAll();
    }

    /**
     * The first answer that is good enough, or the last one; blocks.
     *
     * @param subject what the question is about
     */
    <T> T ask(String subject, Supplier<T> question, Predicate<T> goodEnough) {
        long seen = changes();
        T answer = question.get();
        if (goodEnough.test(answer) || isInVain(subject) || !places.tryAcquire()) {
            return answer;
        }
        try {
            long deadline = nanoTime.getAsLong() + atMostNanos;
            while (!goodEnough.test(answer) && awaitChange(seen, deadline)) {
                seen = changes();
                answer = question.get();
            }
            if (!goodEnough.test(answer)) {
                remember(subject);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
        return answer;
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized boolean awaitChange(long seen, long deadline) throws InterruptedException {
        // Where there is no end of changes there is still one of time.
        long millis = remainingMillis(deadline);
        while (millis > 0 && changes == seen) {
            wait(millis);
            millis = remainingMillis(deadline);
        }
        return millis > 0;
    }

    private long remainingMillis(long deadline) {
        return Duration.ofNanos(deadline - nanoTime.getAsLong()).toMillis();
    }

    private synchronized boolean isInVain(String subject) {
        Long until = inVainUntil.get(subject);
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    private synchronized void remember(String subject) {
        inVainUntil.put(subject, nanoTime.getAsLong() + restNanos);
    }
}
