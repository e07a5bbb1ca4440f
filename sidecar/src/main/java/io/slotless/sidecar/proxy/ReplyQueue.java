package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.ReplyLine;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The replies that one client waits for, in the order of its commands, whichever node is faster. What arrives for the
 * first in line is written through at once. Pushes, which nobody asked for, go between two replies, never into one that the
 * client has seen the beginning of. Used on the client's event loop only.
 */
final class ReplyQueue implements ReplyLine {

    /** Most clients wait for one reply: with thousands of them each further object is one more that is in no cache. */
    private @Nullable Pending first;
    /** Null as long as there was never more than one. */
    private @Nullable ArrayDeque<Pending> behind;

    private final BatchedWriter out;
    private final Progress progress;
    private final Shelf shelf;
    private final HeldReply pushes;
    private long heldPushes;
    /** The client has seen the beginning of the first reply in line, but not its end. */
    private boolean begun;

    /**
     * @param share of the client, for what must wait
     * @param progress told when replies have left the line
     */
    ReplyQueue(BatchedWriter out, ReplyBudget.Share share, Progress progress) {
        this.out = out;
        this.shelf = new Shelf(share);
        this.pushes = new HeldReply(share);
        this.progress = progress;
    }

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return first == null ? 0 : behind == null ? 1 : 1 + behind.size();
    }

    @Override
    public void add(Pending pending) {
        if (first == null) {
            first = pending;
        } else {
            behind().addLast(pending);
        }
    }

    /** Puts before all others what nobody asked for; the client has not seen the beginning of the first of them. */
    @Override
    public void addFirst(Pending pushed) {
        if (first != null) {
            behind().addFirst(first);
        }
        first = pushed;
    }

    /** Where small replies wait for their turn. */
    Shelf shelf() {
        return shelf;
    }

    /** Whether the client has seen the beginning of a reply, but not its end. */
    @Override
    public boolean isBegun() {
        return begun;
    }

    /** Whose turn it is. */
    @Nullable
    Pending first() {
        return first;
    }

    /** Whether nothing stands in line behind this. */
    @Override
    public boolean isLast(Pending pending) {
        return (behind == null || behind.isEmpty() ? first : behind.peekLast()) == pending;
    }

    /** Takes out again what was put in line last. */
    Pending removeLast() {
        Pending last = behind == null ? null : behind.pollLast();
        return last == null ? leave() : last;
    }

    /** Whether it is this reply's turn to be written. */
    boolean isFirst(Pending pending) {
        return first == pending;
    }

    /** Writes a piece of the reply whose turn it is. */
    void writeThrough(ByteBuf buffer, int offset, int length) {
        begun = true;
        out.write(buffer, offset, length);
    }

    /** Writes a piece of a push that stands first in line; heard whatever the client says of replies. */
    @Override
    public void pushThrough(ByteBuf buffer, int offset, int length) {
        begun = true;
        out.push(buffer, offset, length);
    }

    /** Whole push frames: they go out now, or behind the reply that is being written. The bytes stay the caller's. */
    void push(ByteBufAllocator allocator, ByteBuf buffer, int offset, int length) {
        if (begun) {
            pushes.add(allocator, buffer, offset, length);
            heldPushes += length;
        } else {
            out.push(buffer, offset, length);
        }
    }

    /** The client hears replies from here on, or does not. */
    void hear(Hearing hearing) {
        if (first == null) {
            hearing.writeTo(out);
        } else {
            behind().addLast(hearing);
        }
    }

    /** From now on pushes wait for the end of the first reply in line, as if the client had seen its beginning. */
    @Override
    public void holdPushes() {
        begun = true;
    }

    /** Bytes of pushes that wait. */
    long heldPushes() {
        return heldPushes;
    }

    /** A reply that stands in line got further: writes whatever can be written now. */
    @Override
    public void advance() {
        boolean someLeft = false;
        Pending turn;
        while ((turn = first) != null) {
            long written = out.written();
            turn.writeTo(out);
            if (!turn.isDone()) {
                begun |= out.written() > written;
                break;
            }
            leave();
            someLeft = true;
            endReply();
            turn.leftQueue();
        }
        if (someLeft) {
            progress.progressed();
        }
    }

    /** The client has gone: nobody waits any more. */
    void abandon() {
        while (first != null) {
            Pending pending = leave();
            pending.abandon();
            pending.leftQueue();
        }
        pushes.release();
        heldPushes = 0;
    }

    /** Takes out who is first. */
    private Pending leave() {
        Pending left = first;
        if (left == null) {
            throw new NoSuchElementException("nobody waits");
        }
        first = behind == null ? null : behind.pollFirst();
        return left;
    }

    private ArrayDeque<Pending> behind() {
        ArrayDeque<Pending> present = behind;
        if (present == null) {
            present = new ArrayDeque<>();
            behind = present;
        }
        return present;
    }

    private void endReply() {
        begun = false;
        if (heldPushes > 0) {
            heldPushes = 0;
            boolean muted = out.mute(false);
            pushes.writeTo(out);
            out.mute(muted);
        }
    }

    /** Whom it matters to that replies have left the line. */
    interface Progress {
        void progressed();
    }
}
