package io.slotless.sidecar.routing;

import io.netty.util.AsciiString;
import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.resp.CommandFrame;

/** Which commands with the flag {@code blocking} may really block: XREAD and XREADGROUP only with BLOCK. */
final class BlockingCommands {

    private static final AsciiString BLOCK = AsciiString.cached("block");
    private static final AsciiString STREAMS = AsciiString.cached("streams");

    private BlockingCommands() {}

    static boolean blocks(Command command, CommandFrame frame) {
        if (!command.name().startsWith("xread")) {
            return true;
        }
        for (int i = 1; i < frame.argumentCount(); i++) {
            if (frame.argumentEqualsIgnoreCase(i, BLOCK)) {
                return true;
            }
            if (frame.argumentEqualsIgnoreCase(i, STREAMS)) {
                return false;
            }
        }
        return false;
    }
}
