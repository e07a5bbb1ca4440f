package io.slotless.sidecar.tracking;

import io.netty.util.AsciiString;
import java.util.Locale;

/** Options of <a href="https://redis.io/docs/latest/commands/client-tracking/">CLIENT TRACKING</a> without a value. */
public enum TrackingOption {
    BCAST,
    OPTIN,
    OPTOUT,
    NOLOOP;

    private final AsciiString word = AsciiString.cached(name().toLowerCase(Locale.ROOT));

    /** In lower case. */
    AsciiString word() {
        return word;
    }
}
