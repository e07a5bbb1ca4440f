package io.slotless.sidecar.command;

import java.util.List;

/**
 * Where some of a command's keys are: a <a href="https://redis.io/docs/latest/develop/reference/key-specs/">key
 * specification</a>.
 *
 * @param flags what happens to the keys, by Redis's names ({@code RO}, {@code access}, {@code not_key}, …)
 */
public record KeySpec(List<String> flags, BeginSearch beginSearch, FindKeys findKeys) {

    public KeySpec {
        flags = List.copyOf(flags);
    }

    /** What every command has that names its keys by fixed positions, as all did before key specifications. */
    static KeySpec positions(int first, int last, int step) {
        int lastFromFirst = last < 0 ? last : last - first;
        return new KeySpec(
                List.of(), new BeginSearch.Index(first), new FindKeys.Range(lastFromFirst, Math.max(1, step), 0));
    }

    /** Whether the keys can be found by this specification alone, and all of them. */
    public boolean complete() {
        return !(beginSearch instanceof BeginSearch.Unknown)
                && !(findKeys instanceof FindKeys.Unknown)
                && !flags.contains("incomplete");
    }
}
