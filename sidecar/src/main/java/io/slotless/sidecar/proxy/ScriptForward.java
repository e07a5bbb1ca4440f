package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.backend.IgnoredReply;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.script.ScriptId;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * EVALSHA of a script that we have seen. A node that does not know it is given it, and asked again: NOSCRIPT says that
 * nothing was run. Not when commands of the client that came behind are with servers already: they would have been run first.
 */
final class ScriptForward extends Forward {

    private static final byte[] SCRIPT = "SCRIPT".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LOAD = "LOAD".getBytes(StandardCharsets.US_ASCII);
    private static final String UNKNOWN = "-NOSCRIPT";

    private final ScriptId script;
    private @Nullable ByteBuf load;
    private boolean unknown;

    ScriptForward(ClientSession session, CommandFrame frame, int slot, ScriptId script) {
        super(session, session.identity().upstream(), frame, slot);
        this.script = script;
    }

    @Override
    protected void begin(UpstreamConnection connection) {
        if (load != null) {
            // What is wrong with that shows in what follows.
            connection.send(load, load.readerIndex(), load.readableBytes(), IgnoredReply.IT);
        }
        super.begin(connection);
    }

    @Override
    protected void judge(UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        unknown = length > UNKNOWN.length()
                && buffer.toString(offset, UNKNOWN.length(), StandardCharsets.US_ASCII)
                        .equals(UNKNOWN);
        if (unknown) {
            backend.scriptPlaces().remove(from.node(), script);
        }
        byte[] text =
                unknown && load == null && isWanted() && session().replies().isLast(this)
                        ? session().destination().scripts().text(script)
                        : null;
        if (text == null) {
            super.judge(from, buffer, offset, length);
        } else {
            unknown = false;
            load = CommandFrame.of(List.of(SCRIPT, LOAD, text)).buffer();
            detour();
            sendAgain(buffer.toString(offset + 1, length - 3, StandardCharsets.UTF_8));
        }
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (last && from != null && !unknown) {
            backend.scriptPlaces().add(from.node(), script);
        }
        super.deliver(from, buffer, offset, length, last);
    }
}
