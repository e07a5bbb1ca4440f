package io.slotless.webhook.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes on what has come, has gone, or differs in what matters: most updates are of a status. */
final class ChangeHandler<T extends HasMetadata> implements ResourceEventHandler<T> {

    private final Function<T, @Nullable Object> whatMatters;
    private final Consumer<T> changed;

    ChangeHandler(Function<T, @Nullable Object> whatMatters, Consumer<T> changed) {
        this.whatMatters = whatMatters;
        this.changed = changed;
    }

    @Override
    public void onAdd(T object) {
        changed.accept(object);
    }

    @Override
    public void onUpdate(T before, T now) {
        if (!Objects.equals(whatMatters.apply(before), whatMatters.apply(now))) {
            changed.accept(now);
        }
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        changed.accept(object);
    }
}
