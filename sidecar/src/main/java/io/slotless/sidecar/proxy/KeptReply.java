package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.upstream.BatchedWriter;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a reply whose turn has not: on its client's {@link Shelf} when it is small and came whole. Serves one
 * reply after the other.
 */
final class KeptReply {

    /** {@link Shelf#FULL} when it is not there. */
    private int shelvedAt = Shelf.FULL;

    private int shelvedLength;
    private @Nullable HeldReply held;

    /**
     * Keeps one more piece.
     *
     * @param from where it comes from, if not from here; it pauses when its client has much already
     * @param last whether it is the last
     */
    void add(
            ClientSession client,
            @Nullable UpstreamConnection from,
            ByteBuf buffer,
            int offset,
            int length,
            boolean last) {
        if (last && held == null) {
            shelvedAt = client.replies().shelf().put(client.allocator(), buffer, offset, length);
            if (shelvedAt != Shelf.FULL) {
                shelvedLength = length;
                return;
            }
        }
        if (held == null) {
            held = new HeldReply(client.share());
        }
        held.add(client.allocator(), buffer, offset, length);
        client.flow().heldFrom(from);
    }

    /** Bytes that are not on the shelf. */
    int size() {
        return held == null ? 0 : held.size();
    }

    /** What was kept, which is the caller's now. */
    HeldReply handOver(ClientSession client) {
        HeldReply all = held == null ? new HeldReply(client.share()) : held;
        held = null;
        if (shelvedAt != Shelf.FULL) {
            all.add(client.allocator(), client.replies().shelf().replies(), shelvedAt, shelvedLength);
            release(client);
        }
        return all;
    }

    /** Writes what was kept, and keeps it no more. */
    void writeTo(BatchedWriter out, ClientSession client) {
        if (shelvedAt != Shelf.FULL) {
            client.replies().shelf().writeTo(out, shelvedAt, shelvedLength);
            shelvedAt = Shelf.FULL;
        } else if (held != null) {
            held.writeTo(out);
        }
    }

    /** What was kept is not needed any more. */
    void release(ClientSession client) {
        if (shelvedAt != Shelf.FULL) {
            client.replies().shelf().remove();
            shelvedAt = Shelf.FULL;
        } else if (held != null) {
            held.release();
            held = null;
        }
    }

    /** Has the whole reply in it, and stays the client's. */
    ByteBuf buffer(ClientSession client) {
        return held == null ? client.replies().shelf().replies() : held.whole(client.allocator());
    }

    /** Where it begins in the {@link #buffer}. */
    int start(ClientSession client) {
        return held == null ? shelvedAt : buffer(client).readerIndex();
    }

    int length(ClientSession client) {
        return held == null ? shelvedLength : buffer(client).readableBytes();
    }
}
