package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.backend.Backend;
import io.vertx.core.Vertx;
import java.util.Collection;

/**
 * Looks for what waits in vain on one event loop: each second, and less often while nobody waits for anything, for a look wakes the
 * process up. Used on that event loop only.
 */
final class StallChecks {

    private static final long PERIOD_MILLIS = 1_000;

    /** At rest; at most, and no more than a tenth of what a command may take. */
    private static final long REST_MILLIS = 5_000;

    private final Vertx vertx;
    private final RequestBudget requests;
    private final Collection<Destination> destinations;
    private long timer;
    private boolean resting;

    /** @param destinations looked through each time */
    StallChecks(Vertx vertx, RequestBudget requests, Collection<Destination> destinations) {
        this.vertx = vertx;
        this.requests = requests;
        this.destinations = destinations;
    }

    /** Looks, and goes on with that. */
    void look() {
        requests.check();
        boolean rests = requests.isAtRest();
        long rest = REST_MILLIS;
        for (Destination destination : destinations) {
            Backend backend = destination.backend();
            backend.checkStalls();
            rests &= backend.isAtRest();
            rest = Math.min(rest, backend.config().operationTimeout().toMillis() / 10);
        }
        resting = rests;
        next(rests ? Math.max(rest, PERIOD_MILLIS) : PERIOD_MILLIS);
    }

    /** There is something to look at each second now. */
    void wake() {
        if (resting && vertx.cancelTimer(timer)) {
            resting = false;
            next(PERIOD_MILLIS);
        }
    }

    private void next(long pause) {
        timer = vertx.setTimer(pause, ignored -> look());
    }
}
