package io.slotless.sidecar.routing;

import io.slotless.sidecar.command.Command;
import io.slotless.sidecar.resp.CommandFrame;

/** Which commands with the flag {@code blocking} may really block: XREAD and XREADGROUP only with BLOCK. */
final class BlockingCommands {

    private BlockingCommands() {}

    static boolean blocks(Command command, CommandFrame frame) {
        return !command.name().startsWith("xread") || StreamOptions.of(frame).block() > 0;
    }
}
