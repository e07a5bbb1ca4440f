package io.slotless.benchmark.load;

import java.util.Arrays;

/** The commands of one connection that wait for their replies: what each must look like, and when it was due. */
final class Outstanding {

    private ReplyShape[] shapes = new ReplyShape[16];
    private long[] due = new long[16];
    private int head;
    private int size;

    void add(ReplyShape shape, long dueNanos) {
        if (size == shapes.length) {
            grow();
        }
        int tail = (head + size) & (shapes.length - 1);
        shapes[tail] = shape;
        due[tail] = dueNanos;
        size++;
    }

    int size() {
        return size;
    }

    /** Of the first, which must be there. */
    ReplyShape shape() {
        return shapes[head];
    }

    /** Takes the first away; when it was due, in {@link System#nanoTime}. */
    long remove() {
        long first = due[head];
        head = (head + 1) & (shapes.length - 1);
        size--;
        return first;
    }

    /** The length stays a power of two. */
    private void grow() {
        int old = shapes.length;
        ReplyShape[] moreShapes = Arrays.copyOfRange(shapes, head, head + 2 * old);
        long[] moreDue = Arrays.copyOfRange(due, head, head + 2 * old);
        System.arraycopy(shapes, 0, moreShapes, old - head, head);
        System.arraycopy(due, 0, moreDue, old - head, head);
        shapes = moreShapes;
        due = moreDue;
        head = 0;
    }
}
