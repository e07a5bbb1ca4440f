package io.slotless.webhook.status;

import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A RedisDestination, and what is remembered of it between two looks. Not safe for several threads. */
final class Watched {

    private Destination object;
    private @Nullable Written written;
    private boolean silentBefore;

    Watched(Destination object) {
        this.object = object;
    }

    Destination object() {
        return object;
    }

    void become(Destination newer) {
        object = newer;
        if (written != null && !Objects.equals(written.over, newer.resourceVersion())) {
            written = null;
        }
    }

    /** Its status as far as we know: the watch may bring what we wrote a little later. */
    @Nullable
    RedisDestinationStatus status() {
        Written last = written;
        return last != null && Objects.equals(last.over, object.resourceVersion()) ? last.status : object.status();
    }

    void wrote(Destination over, RedisDestinationStatus status) {
        written = new Written(over.resourceVersion(), status);
    }

    /**
     * Whether to look again before silence is believed: a moment's silence of sidecars that have answered so far is no
     * news.
     */
    boolean doubts(RedisDestinationStatus next) {
        boolean silent = isReady(status()) && isUnreachable(next);
        boolean doubts = silent && !silentBefore;
        silentBefore = silent;
        return doubts;
    }

    private static boolean isReady(@Nullable RedisDestinationStatus status) {
        var ready = StatusRules.condition(status, StatusRules.READY);
        return ready != null && Readiness.TRUE.equals(ready.getStatus());
    }

    private static boolean isUnreachable(RedisDestinationStatus status) {
        var ready = StatusRules.condition(status, StatusRules.READY);
        return ready != null && Readiness.UNREACHABLE.equals(ready.getReason());
    }

    /** @param over the version of the object that it was written over */
    private record Written(@Nullable String over, RedisDestinationStatus status) {}
}
