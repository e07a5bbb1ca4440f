package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.routing.PartReplies;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The replies to the parts of one command until all are there: small ones that came in one piece on the client's
 * {@link Shelf}, others held for themselves. Used again for the next command.
 */
final class HeldParts implements PartReplies {

    private @Nullable ClientSession session;
    private int count;
    /** Where on the shelf; {@link Shelf#FULL} for what is not there. */
    private int[] shelvedAt = new int[0];

    private int[] lengths = new int[0];
    /** What is not on the shelf; empty as long as there is no such. */
    private @Nullable HeldReply[] held = new HeldReply[0];

    private @Nullable ByteBuf[] whole = new ByteBuf[0];

    /** Is ready for the replies to another command; those to the last were {@link #release released}. */
    void begin(ClientSession newSession, int parts) {
        session = newSession;
        count = parts;
        if (shelvedAt.length < parts) {
            shelvedAt = new int[parts];
            lengths = new int[parts];
        }
        Arrays.fill(shelvedAt, 0, parts, Shelf.FULL);
    }

    /** A piece of the reply to a part. */
    void add(int part, ByteBuf buffer, int offset, int length, boolean last) {
        if (last && heldReply(part) == null) {
            int at = shelf().put(session().allocator(), buffer, offset, length);
            if (at != Shelf.FULL) {
                shelvedAt[part] = at;
                lengths[part] = length;
                return;
            }
        }
        if (held.length < count) {
            held = new HeldReply[count];
            whole = new ByteBuf[count];
        }
        HeldReply pieces = held[part];
        if (pieces == null) {
            pieces = new HeldReply();
            held[part] = pieces;
        }
        pieces.add(session().allocator(), buffer, offset, length);
    }

    /** What there is of the reply to a part is worth nothing. */
    void forget(int part) {
        HeldReply pieces = heldReply(part);
        if (pieces != null) {
            pieces.release();
            held[part] = null;
        }
    }

    /** The first part whose reply is an error; negative if none is. All must be there. */
    int firstError() {
        for (int part = 0; part < count; part++) {
            byte type = buffer(part).getByte(start(part));
            if (type == '-' || type == '!') {
                return part;
            }
        }
        return -1;
    }

    /** Gives everything back. */
    void release() {
        for (int part = 0; part < count; part++) {
            if (shelvedAt[part] != Shelf.FULL) {
                shelf().remove();
            } else if (part < held.length) {
                forget(part);
                ByteBuf bytes = whole[part];
                if (bytes != null) {
                    bytes.release();
                    whole[part] = null;
                }
            }
        }
        count = 0;
        session = null;
    }

    @Override
    public ByteBuf buffer(int part) {
        return shelvedAt[part] == Shelf.FULL ? whole(part) : shelf().replies();
    }

    @Override
    public int start(int part) {
        return shelvedAt[part] == Shelf.FULL ? whole(part).readerIndex() : shelvedAt[part];
    }

    @Override
    public int length(int part) {
        return shelvedAt[part] == Shelf.FULL ? whole(part).readableBytes() : lengths[part];
    }

    private ByteBuf whole(int part) {
        ByteBuf present = whole[part];
        if (present == null) {
            HeldReply pieces = held[part];
            present = pieces == null
                    ? Unpooled.EMPTY_BUFFER
                    : pieces.take(session().allocator());
            whole[part] = present;
        }
        return present;
    }

    private @Nullable HeldReply heldReply(int part) {
        return part < held.length ? held[part] : null;
    }

    private Shelf shelf() {
        return session().replies().shelf();
    }

    private ClientSession session() {
        ClientSession present = session;
        if (present == null) {
            throw new IllegalStateException("nobody's replies");
        }
        return present;
    }
}
