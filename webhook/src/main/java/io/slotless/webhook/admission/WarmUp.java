package io.slotless.webhook.admission;

import io.slotless.webhook.injection.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reviews of a made-up pod in a made-up namespace, which concern nobody: the first hundreds of reviews take many times as long as
 * later ones, until the JVM has compiled what they need, and a webhook that has just started is asked by many pods at once.
 */
public final class WarmUp {

    private static final int REVIEWS = 400;
    /** Who is that slow is not to be kept away any longer. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Function<Catalogue, AdmissionReviewer> reviewers;
    private final Runnable connections;
    private volatile boolean done;

    /**
     * Does nothing yet.
     *
     * @param reviewers makes one that tells nobody what it does
     * @param connections rehearses what reviews come by, after them
     */
    public WarmUp(Function<Catalogue, AdmissionReviewer> reviewers, Runnable connections) {
        this.reviewers = reviewers;
        this.connections = connections;
    }

    public boolean isDone() {
        return done;
    }

    /** Begins, on a thread of its own. */
    public void start() {
        Thread thread = new Thread(this::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    void run() {
        try {
            AdmissionReviewer reviewer = reviewers.apply(new OneDestination());
            byte[] review = review();
            long start = System.nanoTime();
            for (int i = 0; i < REVIEWS && System.nanoTime() - start < LIMIT_NANOS; i++) {
                reviewer.review(review);
            }
            connections.run();
        } catch (UnanswerableReviewException e) {
            throw new IllegalStateException(e);
        } finally {
            done = true;
        }
    }

    static byte[] review() {
        try (InputStream in = WarmUp.class.getResourceAsStream("warm-up.json")) {
            return Objects.requireNonNull(in, "warm-up.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
