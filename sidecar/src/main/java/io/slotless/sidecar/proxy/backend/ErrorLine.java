package io.slotless.sidecar.proxy.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Puts an error reply together that may come in pieces: nearly always it comes in one, and is looked at in place. */
public final class ErrorLine {

    private @Nullable ByteBuf begun;

    /** Takes a piece; hands over the whole line, which is valid during that call, with the last. */
    public void add(ByteBuf buffer, int offset, int length, boolean last, Whole whole) {
        if (begun == null && last) {
            whole.line(buffer, offset, length);
            return;
        }
        ByteBuf line = begun == null ? Unpooled.buffer() : begun;
        line.writeBytes(buffer, offset, length);
        begun = last ? null : line;
        if (last) {
            whole.line(line, 0, line.readableBytes());
        }
    }

    /** The rest will not come. */
    void clear() {
        begun = null;
    }

    /** Takes a whole error reply, minus and line end included. */
    public interface Whole {
        void line(ByteBuf buffer, int offset, int length);
    }
}
