package io.slotless.sidecar.tracking;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What comes of a CLIENT TRACKING: the checks of Redis 7.0 (networking.c, tracking.c), in their order and to the letter. */
public sealed interface TrackingRequest {

    /** The client is tracked from now on. */
    record On(TrackingOptions options) implements TrackingRequest {}

    /** It is not tracked any more. */
    record Off() implements TrackingRequest {}

    /** @param error without the minus */
    record Refused(String error) implements TrackingRequest {}

    AsciiString REDIRECT = AsciiString.cached("redirect");
    AsciiString PREFIX = AsciiString.cached("prefix");
    AsciiString ON = AsciiString.cached("on");
    AsciiString OFF = AsciiString.cached("off");
    Refused SYNTAX = new Refused("ERR syntax error");

    /**
     * Reads a command of at least three arguments.
     *
     * @param current how the client is tracked so far; null if it is not
     * @param clients which ids are those of clients
     */
    static TrackingRequest parse(CommandFrame frame, @Nullable TrackingOptions current, LongPredicate clients) {
        Set<TrackingOption> options = EnumSet.noneOf(TrackingOption.class);
        List<String> prefixes = new ArrayList<>();
        for (int i = 3; i < frame.argumentCount(); i++) {
            TrackingOption option = option(frame, i);
            boolean more = i + 1 < frame.argumentCount();
            if (option != null) {
                options.add(option);
            } else if (more && frame.argumentEqualsIgnoreCase(i, PREFIX)) {
                prefixes.add(text(frame, ++i));
            } else if (more && frame.argumentEqualsIgnoreCase(i, REDIRECT)) {
                return redirect(frame.argumentAsLong(i + 1, Long.MIN_VALUE), clients);
            } else {
                return SYNTAX;
            }
        }
        if (frame.argumentEqualsIgnoreCase(2, ON)) {
            String error = error(options, prefixes, current);
            return error == null ? new On(together(options, prefixes, current)) : new Refused(error);
        }
        return frame.argumentEqualsIgnoreCase(2, OFF) ? new Off() : SYNTAX;
    }

    private static @Nullable TrackingOption option(CommandFrame frame, int argument) {
        for (TrackingOption option : TrackingOption.values()) {
            if (frame.argumentEqualsIgnoreCase(argument, option.word())) {
                return option;
            }
        }
        return null;
    }

    private static TrackingRequest redirect(long id, LongPredicate clients) {
        if (id == Long.MIN_VALUE) {
            return new Refused("ERR value is not an integer or out of range");
        }
        return new Refused(
                clients.test(id)
                        ? "ERR slotless: CLIENT TRACKING with REDIRECT is refused, for a server does not know its clients by the ids"
                                + " they have here: say HELLO 3, then invalidations come over this connection"
                        : "ERR The client ID you want redirect to does not exist");
    }

    private static @Nullable String error(
            Set<TrackingOption> options, List<String> prefixes, @Nullable TrackingOptions current) {
        boolean bcast = options.contains(TrackingOption.BCAST);
        boolean optin = options.contains(TrackingOption.OPTIN);
        boolean optout = options.contains(TrackingOption.OPTOUT);
        if (!bcast && !prefixes.isEmpty()) {
            return "ERR PREFIX option requires BCAST mode to be enabled";
        }
        if (current != null && current.has(TrackingOption.BCAST) != bcast) {
            return "ERR You can't switch BCAST mode on/off before disabling tracking for this client,"
                    + " and then re-enabling it with a different mode.";
        }
        if (bcast && (optin || optout)) {
            return "ERR OPTIN and OPTOUT are not compatible with BCAST";
        }
        if (optin && optout) {
            return "ERR You can't specify both OPTIN mode and OPTOUT mode";
        }
        if (current != null
                && (optin && current.has(TrackingOption.OPTOUT) || optout && current.has(TrackingOption.OPTIN))) {
            return "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client,"
                    + " and then re-enabling it with a different mode.";
        }
        return overlap(prefixes, current == null ? Collections.emptySortedSet() : current.prefixes());
    }

    private static @Nullable String overlap(List<String> prefixes, SortedSet<String> existing) {
        for (int i = 0; i < prefixes.size(); i++) {
            String prefix = prefixes.get(i);
            for (String other : existing) {
                if (overlap(prefix, other)) {
                    return overlapping(prefix, "an existing", other);
                }
            }
            for (String other : prefixes.subList(i + 1, prefixes.size())) {
                if (overlap(prefix, other)) {
                    return overlapping(prefix, "another provided", other);
                }
            }
        }
        return null;
    }

    private static boolean overlap(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static String overlapping(String prefix, String which, String other) {
        return "ERR Prefix '" + prefix + "' overlaps with " + which + " prefix '" + other
                + "'. Prefixes for a single client must not overlap.";
    }

    private static TrackingOptions together(
            Set<TrackingOption> options, List<String> prefixes, @Nullable TrackingOptions current) {
        SortedSet<String> all = new TreeSet<>(prefixes);
        if (options.contains(TrackingOption.BCAST)) {
            if (prefixes.isEmpty()) {
                all.add("");
            }
            if (current != null) {
                all.addAll(current.prefixes());
            }
        }
        return new TrackingOptions(Collections.unmodifiableSet(options), Collections.unmodifiableSortedSet(all));
    }

    private static String text(CommandFrame frame, int argument) {
        return frame.buffer()
                .toString(frame.argumentOffset(argument), frame.argumentLength(argument), StandardCharsets.ISO_8859_1);
    }
}
