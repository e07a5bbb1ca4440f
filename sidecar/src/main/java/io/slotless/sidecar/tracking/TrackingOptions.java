package io.slotless.sidecar.tracking;

import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How a client's reads are tracked.
 *
 * @param prefixes with BCAST: of which keys; each char is a byte
 */
public record TrackingOptions(Set<TrackingOption> options, SortedSet<String> prefixes) {

    public boolean has(TrackingOption option) {
        return options.contains(option);
    }

    /**
     * What is said to the servers. OPTIN and OPTOUT are not: a client that gets more invalidations than it has asked for
     * loses nothing, but {@code CLIENT CACHING} would have to be in front of a command on whichever connection that takes.
     */
    public CommandFrame command() {
        List<byte[]> words = new ArrayList<>(List.of(bytes("CLIENT"), bytes("TRACKING"), bytes("ON")));
        if (has(TrackingOption.NOLOOP)) {
            words.add(bytes("NOLOOP"));
        }
        if (has(TrackingOption.BCAST)) {
            words.add(bytes("BCAST"));
            for (String prefix : prefixes) {
                words.add(bytes("PREFIX"));
                words.add(bytes(prefix));
            }
        }
        return CommandFrame.of(words);
    }

    /**
     * The reply to <a href="https://redis.io/docs/latest/commands/client-trackinginfo/">CLIENT TRACKINGINFO</a>.
     *
     * @param tracked null: the client is not tracked
     */
    public static RespValue info(@Nullable TrackingOptions tracked) {
        List<RespValue> flags = new ArrayList<>();
        flags.add(RespValue.bulk(tracked == null ? "off" : "on"));
        List<RespValue> prefixes = new ArrayList<>();
        if (tracked != null) {
            for (TrackingOption option : TrackingOption.values()) {
                if (tracked.has(option)) {
                    flags.add(RespValue.bulk(option.word().toString()));
                }
            }
            tracked.prefixes.forEach(prefix -> prefixes.add(new RespValue.BulkString(bytes(prefix))));
        }
        return new RespValue.MapValue(List.of(
                field("flags", new RespValue.SetValue(flags)),
                field("redirect", new RespValue.IntegerValue(tracked == null ? -1 : 0)),
                field("prefixes", new RespValue.ArrayValue(prefixes))));
    }

    private static Map.Entry<RespValue, RespValue> field(String name, RespValue value) {
        return new SimpleImmutableEntry<>(RespValue.bulk(name), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
