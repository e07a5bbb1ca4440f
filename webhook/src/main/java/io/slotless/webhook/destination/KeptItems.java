package io.slotless.webhook.destination;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What decisions need of each object, in place of the objects: an informer stores into this, and lets every object go at once, so
 * that no more than one page of whole objects is in memory at a time. Answers any thread.
 *
 * @param <T> the objects
 * @param <R> what is kept of each; says by {@code equals} whether anything has changed
 */
final class KeptItems<T extends HasMetadata, R> implements ItemStore<T> {

    /** Most namespaces have few. */
    private static final int FEW = 2;

    private final Map<String, Map<String, R>> items = new ConcurrentHashMap<>();
    private final Function<T, R> reader;
    private final Supplier<T> empty;
    private final List<Listener<R>> listeners = new ArrayList<>();

    /** Told under a lock, in order; of nothing that has stayed the same. */
    @FunctionalInterface
    interface Listener<R> {

        /**
         * Something has come, gone, or become another.
         *
         * @param before null when it is new
         * @param now null when it is gone
         */
        void changed(String namespace, String name, @Nullable R before, @Nullable R now);
    }

    /**
     * Begins with nothing.
     *
     * @param reader takes from an object what is kept of it
     * @param empty makes an object
     */
    KeptItems(Function<T, R> reader, Supplier<T> empty) {
        this.reader = reader;
        this.empty = empty;
    }

    /** @param namespace empty for what has none */
    Optional<R> find(String namespace, String name) {
        return Optional.ofNullable(items.getOrDefault(namespace, Map.of()).get(name));
    }

    /** All of a namespace, in no order. */
    Collection<R> in(String namespace) {
        return items.getOrDefault(namespace, Map.of()).values();
    }

    /** Tells of all that there is, and from then on. */
    synchronized void listen(Listener<R> listener) {
        items.forEach(
                (namespace, named) -> named.forEach((name, kept) -> listener.changed(namespace, name, null, kept)));
        listeners.add(listener);
    }

    /** Ends what {@link #listen} began. */
    synchronized void forget(Listener<R> listener) {
        listeners.remove(listener);
    }

    private void tell(Key key, @Nullable R before, @Nullable R now) {
        listeners.forEach(listener -> listener.changed(key.namespace, key.name, before, now));
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    /** The object before is never told: nobody has it any more. */
    @Override
    public synchronized @Nullable T put(String key, T object) {
        // The name that the record has, too, not a copy of it.
        Key at = new Key(Key.of(key).namespace, object.getMetadata().getName());
        R now = reader.apply(object);
        R before = items.computeIfAbsent(at.namespace, namespace -> new ConcurrentHashMap<>(FEW))
                .put(at.name, now);
        if (!Objects.equals(before, now)) {
            tell(at, before, now);
        }
        return null;
    }

    @Override
    public synchronized @Nullable T remove(String key) {
        Key at = Key.of(key);
        Map<String, R> named = items.getOrDefault(at.namespace, Map.of());
        R before = named.isEmpty() ? null : named.remove(at.name);
        if (before == null) {
            return null;
        }
        if (named.isEmpty()) {
            items.remove(at.namespace);
        }
        tell(at, before, null);
        return nameOnly(at);
    }

    @Override
    public Stream<String> keySet() {
        return keys().map(Key::toString);
    }

    /** Just enough for the informer to remove those that are gone after a new list. */
    @Override
    public Stream<T> values() {
        return keys().map(this::nameOnly);
    }

    @Override
    public @Nullable T get(String key) {
        Key at = Key.of(key);
        return find(at.namespace, at.name).map(kept -> nameOnly(at)).orElse(null);
    }

    @Override
    public int size() {
        return items.values().stream().mapToInt(Map::size).sum();
    }

    /** The informer must not wait for the end of the list to tell, for it would have nothing to tell. */
    @Override
    public boolean isFullState() {
        return false;
    }

    private Stream<Key> keys() {
        return items.entrySet().stream()
                .flatMap(entry -> entry.getValue().keySet().stream().map(name -> new Key(entry.getKey(), name)));
    }

    private T nameOnly(Key key) {
        T object = empty.get();
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace.isEmpty() ? null : key.namespace)
                .withName(key.name)
                .build());
        return object;
    }

    /** An informer's: {@code namespace/name}, or the name alone. */
    private record Key(String namespace, String name) {

        static Key of(String key) {
            int slash = key.indexOf('/');
            return new Key(key.substring(0, Math.max(slash, 0)), key.substring(slash + 1));
        }

        @Override
        public String toString() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
    }
}
