package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The replies that one client waits for, in the order of its commands, whichever node is faster. What arrives for the
 * first in line is written through at once. Pushes, which nobody asked for, go between two replies, never into one that the
 * client has seen the beginning of. Used on the client's event loop only.
 */
final class ReplyQueue {

    private final ArrayDeque<Pending> line = new ArrayDeque<>();
    private final BatchedWriter out;
    private final Runnable progress;
    private final Shelf shelf = new Shelf();
    private final HeldReply pushes = new HeldReply();
    private long heldPushes;
    /** The client has seen the beginning of the first reply in line, but not its end. */
    private boolean begun;

    /** @param progress called when replies have left the line */
    ReplyQueue(BatchedWriter out, Runnable progress) {
        this.out = out;
        this.progress = progress;
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    int size() {
        return line.size();
    }

    void add(Pending pending) {
        line.add(pending);
    }

    /** Puts before all others what nobody asked for; the client has not seen the beginning of the first of them. */
    void addFirst(Pending pushed) {
        line.addFirst(pushed);
    }

    /** Where small replies wait for their turn. */
    Shelf shelf() {
        return shelf;
    }

    /** Whether the client has seen the beginning of a reply, but not its end. */
    boolean isBegun() {
        return begun;
    }

    /** Whose turn it is. */
    @Nullable
    Pending first() {
        return line.peek();
    }

    /** Whether nothing stands in line behind this. */
    boolean isLast(Pending pending) {
        return line.peekLast() == pending;
    }

    /** Takes out again what was put in line last. */
    Pending removeLast() {
        return line.removeLast();
    }

    /** Whether it is this reply's turn to be written. */
    boolean isFirst(Pending pending) {
        return line.peek() == pending;
    }

    /** Writes a piece of the reply whose turn it is. */
    void writeThrough(ByteBuf buffer, int offset, int length) {
        begun = true;
        out.write(buffer, offset, length);
    }

    /** Writes a piece of a push that stands first in line; heard whatever the client says of replies. */
    void pushThrough(ByteBuf buffer, int offset, int length) {
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
        if (line.isEmpty()) {
            hearing.writeTo(out);
        } else {
            line.add(hearing);
        }
    }

    /** From now on pushes wait for the end of the first reply in line, as if the client had seen its beginning. */
    void holdPushes() {
        begun = true;
    }

    /** Bytes of pushes that wait. */
    long heldPushes() {
        return heldPushes;
    }

    /** A reply that stands in line got further: writes whatever can be written now. */
    void advance() {
        int before = line.size();
        Pending first;
        while ((first = line.peek()) != null) {
            long written = out.written();
            first.writeTo(out);
            if (!first.isDone()) {
                begun |= out.written() > written;
                break;
            }
            line.poll();
            endReply();
            first.leftQueue();
        }
        if (line.size() < before) {
            progress.run();
        }
    }

    /** The client has gone: nobody waits any more. */
    void abandon() {
        Pending pending;
        while ((pending = line.poll()) != null) {
            pending.abandon();
            pending.leftQueue();
        }
        pushes.release();
        heldPushes = 0;
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
}
