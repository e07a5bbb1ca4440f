package io.slotless.webhook.audit;

import io.slotless.webhook.injection.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod that lives.
 *
 * @param uid so that a pod is not taken for its predecessor of the same name
 * @param signature of its labels and annotations: the only parts that can change and matter
 * @param lean what to judge; null where there is nothing to
 * @param seen when it came, or changed
 * @param judged when it was judged last
 * @param found what was wrong with it then
 * @param told when that was last said
 */
record AuditedPod(
        String uid,
        int signature,
        @Nullable LeanPod lean,
        Instant seen,
        @Nullable Instant judged,
        @Nullable Finding found,
        @Nullable Instant told) {

    /** One that has just been seen. */
    static AuditedPod unjudged(String uid, int signature, @Nullable LeanPod lean, Instant now) {
        return new AuditedPod(uid, signature, lean, now, null, null, null);
    }

    /** The same pod, changed: what was said about it was said. */
    AuditedPod changed(AuditedPod now) {
        return new AuditedPod(uid, now.signature, now.lean, now.seen, null, now.lean == null ? null : found, told);
    }

    AuditedPod notAsking() {
        return new AuditedPod(uid, signature, null, seen, null, null, null);
    }

    AuditedPod judged(@Nullable Finding finding, @Nullable Instant saidAt, Instant now) {
        return new AuditedPod(uid, signature, lean, seen, now, finding, saidAt);
    }

    boolean is(String otherUid) {
        return uid.equals(otherUid);
    }
}
