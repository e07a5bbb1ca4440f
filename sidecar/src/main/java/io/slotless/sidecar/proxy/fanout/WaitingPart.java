package io.slotless.sidecar.proxy.fanout;

import io.slotless.sidecar.proxy.backend.IgnoredReply;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;

/**
 * WAIT waits for what was written when its connection last ran a command (Redis, {@code processCommand}: woff). The
 * client's writes went over another connection; after a PING this one has seen them, too.
 */
final class WaitingPart extends PrivatePart {

    private static final CommandFrame PING = CommandFrame.of("PING");

    WaitingPart(Gathered gathered, int part, CommandFrame frame, int slot) {
        super(gathered, part, frame, slot);
    }

    @Override
    protected void begin(UpstreamConnection ready) {
        ready.send(PING.buffer(), PING.offset(), PING.length(), IgnoredReply.IT);
        super.begin(ready);
    }
}
