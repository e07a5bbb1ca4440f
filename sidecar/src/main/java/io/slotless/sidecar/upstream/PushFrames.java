package io.slotless.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a push together, which nobody has asked for and somebody may want. */
final class PushFrames {

    private final @Nullable Tracking reader;
    private final ByteBuf begun = Unpooled.buffer(0);

    /** @param reader null: pushes are dropped */
    PushFrames(@Nullable Tracking reader) {
        this.reader = reader;
    }

    /** A piece of a push frame, which stays the caller's. */
    void add(UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (reader == null) {
            return;
        }
        if (last && !begun.isReadable()) {
            reader.pushed(from, buffer, offset, length);
            return;
        }
        begun.writeBytes(buffer, offset, length);
        if (last) {
            reader.pushed(from, begun, begun.readerIndex(), begun.readableBytes());
            begun.clear();
        }
    }
}
