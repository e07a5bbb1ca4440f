package io.slotless.sidecar.routing;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;

/** The commands that make a transaction, and all others. */
public enum TransactionCommand {
    MULTI,
    EXEC,
    DISCARD,
    WATCH,
    UNWATCH,
    OTHER;

    private static final AsciiString MULTI_NAME = AsciiString.cached("multi");
    private static final AsciiString EXEC_NAME = AsciiString.cached("exec");
    private static final AsciiString DISCARD_NAME = AsciiString.cached("discard");
    private static final AsciiString WATCH_NAME = AsciiString.cached("watch");
    private static final AsciiString UNWATCH_NAME = AsciiString.cached("unwatch");

    /** Which one a frame is. */
    public static TransactionCommand of(CommandFrame frame) {
        if (frame.argumentEqualsIgnoreCase(0, MULTI_NAME)) {
            return MULTI;
        }
        if (frame.argumentEqualsIgnoreCase(0, EXEC_NAME)) {
            return EXEC;
        }
        if (frame.argumentEqualsIgnoreCase(0, DISCARD_NAME)) {
            return DISCARD;
        }
        if (frame.argumentEqualsIgnoreCase(0, WATCH_NAME)) {
            return WATCH;
        }
        return frame.argumentEqualsIgnoreCase(0, UNWATCH_NAME) ? UNWATCH : OTHER;
    }
}
