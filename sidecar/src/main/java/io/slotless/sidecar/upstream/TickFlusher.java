package io.slotless.sidecar.upstream;

import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayList;
import java.util.List;

/**
 * Flushes everything that was written during one tick of an event loop, once, at the end of that tick. A flush is a
 * system call: with many clients in one tick this is a third of the CPU of flushing at each read. What waits for more to be
 * written waits for the end of the next tick, for which the event loop does not sleep.
 *
 * <p>Used on its event loop only.
 */
public final class TickFlusher implements Runnable {

    private final SingleThreadEventLoop loop;
    private final List<BatchedWriter> dirty = new ArrayList<>();
    private final List<BatchedWriter> waiting = new ArrayList<>();
    private boolean scheduled;

    public TickFlusher(SingleThreadEventLoop loop) {
        this.loop = loop;
    }

    void mark(BatchedWriter writer) {
        dirty.add(writer);
        schedule();
    }

    /** Called by the event loop when its tick ends. */
    @Override
    public void run() {
        scheduled = false;
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).endTick();
        }
        waiting.clear();
        // A flush may mark further writers; they are appended and flushed, too.
        for (int i = 0; i < dirty.size(); i++) {
            BatchedWriter writer = dirty.get(i);
            if (writer.mayWait()) {
                waiting.add(writer);
            } else {
                writer.endTick();
            }
        }
        dirty.clear();
        if (!waiting.isEmpty()) {
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            loop.executeAfterEventLoopIteration(this);
        }
    }
}
