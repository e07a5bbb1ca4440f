package io.slotless.sidecar.routing;

import io.netty.util.AsciiString;
import io.slotless.sidecar.resp.CommandFrame;

/**
 * The options of XREAD and XREADGROUP (Redis documentation, XREADGROUP).
 *
 * @param block index of the argument behind BLOCK; 0 without
 * @param streams index of STREAMS; 0 without
 */
record StreamOptions(int block, int streams) {

    private static final AsciiString BLOCK = AsciiString.cached("block");
    private static final AsciiString COUNT = AsciiString.cached("count");
    private static final AsciiString GROUP = AsciiString.cached("group");
    private static final AsciiString STREAMS = AsciiString.cached("streams");

    static StreamOptions of(CommandFrame frame) {
        int block = 0;
        int at = 1;
        while (at < frame.argumentCount() && !frame.argumentEqualsIgnoreCase(at, STREAMS)) {
            if (frame.argumentEqualsIgnoreCase(at, BLOCK) && at + 1 < frame.argumentCount()) {
                block = at + 1;
                at += 2;
            } else if (frame.argumentEqualsIgnoreCase(at, COUNT)) {
                at += 2;
            } else {
                at += frame.argumentEqualsIgnoreCase(at, GROUP) ? 3 : 1;
            }
        }
        return new StreamOptions(block, at < frame.argumentCount() ? at : 0);
    }
}
