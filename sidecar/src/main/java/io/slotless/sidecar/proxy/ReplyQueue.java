package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The replies that one client waits for, in the order of its commands, whichever node is faster. What arrives for the
 * first in line is written through at once. Used on the client's event loop only.
 */
final class ReplyQueue {

    private final ArrayDeque<Pending> line = new ArrayDeque<>();
    private final BatchedWriter out;
    private final Runnable progress;

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

    /** Whose turn it is. */
    @Nullable
    Pending first() {
        return line.peek();
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
        out.write(buffer, offset, length);
    }

    /** A reply that stands in line got further: writes whatever can be written now. */
    void advance() {
        int before = line.size();
        Pending first;
        while ((first = line.peek()) != null) {
            first.writeTo(out);
            if (!first.isDone()) {
                break;
            }
            line.poll();
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
    }
}
