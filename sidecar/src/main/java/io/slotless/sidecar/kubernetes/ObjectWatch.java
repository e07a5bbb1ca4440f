package io.slotless.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.slotless.sidecar.destination.SecretAnswer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An informer that never gives up and tells what is in its way. */
final class ObjectWatch<T extends HasMetadata> implements AutoCloseable {

    private final String what;
    private final SharedIndexInformer<T> informer;
    private final WatchListener listener;
    private final Runnable changed;
    private volatile @Nullable FailureReason failure;
    private volatile boolean known;

    ObjectWatch(String what, SharedIndexInformer<T> informer, WatchListener listener, Runnable changed) {
        this.what = what;
        this.informer = informer;
        this.listener = listener;
        this.changed = changed;
        informer.addEventHandler(new Events());
        informer.exceptionHandler((started, problem) -> retry(problem));
    }

    /** Returns at once. */
    void start() {
        informer.start();
    }

    /** Whether the objects were read once. */
    boolean isKnown() {
        return known;
    }

    /** The objects as last seen. */
    Stream<T> objects() {
        return informer.getStore().list().stream();
    }

    /** Why there is no object. */
    SecretAnswer absence() {
        FailureReason reason = failure;
        if (reason != null) {
            return new SecretAnswer.Missing("not mounted, and the API server says: " + reason.text());
        }
        return known
                ? new SecretAnswer.Missing("neither mounted nor on the API server")
                : new SecretAnswer.Pending("not yet read from the API server");
    }

    @Override
    public void close() {
        informer.close();
    }

    private boolean retry(Throwable problem) {
        FailureReason before = failure;
        FailureReason reason = FailureReason.of(problem);
        failure = reason;
        if (before == null || !before.kind().equals(reason.kind())) {
            listener.failed(what, reason.text());
            changed.run();
        }
        return true;
    }

    private final class Events implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed.run();
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.run();
        }

        @Override
        public void onDelete(T object, boolean lastStateUnknown) {
            changed.run();
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            boolean news = !known || failure != null;
            known = true;
            failure = null;
            if (news) {
                listener.following(what);
            }
            changed.run();
        }
    }
}
