package io.slotless.webhook.status;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is to be done when, each thing once; the earlier time counts. Not safe for several threads. */
final class DueQueue {

    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> byTime =
            new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparing(Entry::key));

    /** @param due in milliseconds of any clock */
    void add(String key, long due) {
        Entry known = entries.get(key);
        if (known == null || due < known.due()) {
            remove(key);
            Entry entry = new Entry(key, due);
            entries.put(key, entry);
            byTime.add(entry);
        }
    }

    void remove(String key) {
        Entry known = entries.remove(key);
        if (known != null) {
            byTime.remove(known);
        }
    }

    /** Takes out what has been due for longest. */
    Optional<String> poll(long now) {
        if (byTime.isEmpty() || byTime.first().due() > now) {
            return Optional.empty();
        }
        String key = byTime.first().key();
        remove(key);
        return Optional.of(key);
    }

    void clear() {
        entries.clear();
        byTime.clear();
    }

    private record Entry(String key, long due) {}
}
