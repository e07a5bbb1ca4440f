package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.backend.PrivateUse;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One shard's part of {@link StreamedArrays}: its length, then its elements, now or when its turn comes. */
final class ArrayPart extends Exchange {

    static final long UNKNOWN = -1;

    /** Bytes that are held before the turn; above that the server waits. */
    private static final int MOST_HELD = 64 * 1024;

    private final StreamedArrays whole;
    private final HeldReply held;
    private final ByteBuf header = Unpooled.buffer(16);
    private final PrivateUse connection;
    private @Nullable UpstreamConnection paused;
    private @Nullable ByteBuf error;
    private long size = UNKNOWN;
    private int heldBytes;
    private boolean complete;
    private boolean dropped;

    ArrayPart(StreamedArrays whole, CommandFrame frame, int slot) {
        super(
                whole.session().backend(),
                whole.session().identity().upstream(),
                frame.buffer(),
                frame.offset(),
                frame.length(),
                slot);
        this.whole = whole;
        this.held = new HeldReply(whole.session().share());
        this.connection = new PrivateUse(backend, identity);
    }

    /** How many elements it has. */
    long size() {
        return size;
    }

    /** What it got instead of elements. */
    @Nullable
    ByteBuf error() {
        return error;
    }

    boolean isComplete() {
        return complete;
    }

    /** Its turn has come: writes what is held; what is still to come goes through. */
    void flush() {
        held.writeTo(whole.session().out());
        heldBytes = 0;
        resume();
    }

    /** Nobody wants (more of) it. */
    void drop() {
        dropped = true;
        letGo();
        held.release();
        if (!complete) {
            connection.close();
        }
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        resume();
        return connection.take(slot(), redirected);
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        complete = last;
        if (last) {
            resume();
            connection.giveBack();
        }
        if (dropped) {
            return;
        }
        int body = offset;
        int end = offset + length;
        if (size == UNKNOWN) {
            body = readHeader(buffer, offset, end);
        }
        if (error == null && body < end) {
            take(from, buffer, body, end - body);
        }
        whole.progressed();
    }

    /** Takes what belongs to the first line; gives the index behind. */
    private int readHeader(ByteBuf buffer, int offset, int end) {
        int lineEnd = buffer.indexOf(offset, end, (byte) '\n');
        int behind = lineEnd < 0 ? end : lineEnd + 1;
        header.writeBytes(buffer, offset, behind - offset);
        if (lineEnd < 0) {
            return behind;
        }
        byte type = header.getByte(0);
        if ((type == '*' || type == '~') && header.getByte(1) != '-') {
            size = Long.parseLong(header.toString(1, header.readableBytes() - 3, StandardCharsets.US_ASCII));
        } else {
            error = type == '-' ? header : Replies.error("ERR slotless: a node gave no array");
        }
        return behind;
    }

    private void take(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length) {
        if (whole.isTurnOf(this)) {
            flush();
            whole.session().replies().writeThrough(buffer, offset, length);
            if (from != null && !complete) {
                whole.session().flow().fedBy(from);
            }
            return;
        }
        held.add(whole.session().allocator(), buffer, offset, length);
        heldBytes += length;
        if (heldBytes > MOST_HELD && from != null && !complete && paused == null) {
            paused = from;
            from.pauseReading();
        }
    }

    @Override
    protected boolean takeBack() {
        if (whole.isBegun() && !dropped) {
            whole.session().breakOff();
            return false;
        }
        held.release();
        heldBytes = 0;
        header.clear();
        size = UNKNOWN;
        paused = null;
        return true;
    }

    @Override
    protected void detour() {
        // Nothing is sent behind it until it is done.
    }

    @Override
    protected boolean isWanted() {
        return !dropped;
    }

    private void resume() {
        if (paused != null) {
            paused.resumeReading();
            paused = null;
        }
    }
}
