package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.routing.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a transaction has queued: kept to be sent to another node when the first one is lost before EXEC. */
final class TransactionLog {

    /** Up to here a copy costs less than the memory that a slice keeps from being used. */
    private static final int COPY_LIMIT = 4 * 1024;

    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private boolean edits;
    private boolean readsOnly = true;
    private boolean changesConnection;

    /**
     * Adds a command.
     *
     * @param queued its frame stays the caller's
     */
    void add(ByteBufAllocator allocator, QueuedCommand queued) {
        CommandFrame command = queued.frame();
        ByteBuf source = command.buffer();
        ByteBuf kept = command.length() <= COPY_LIMIT
                ? allocator.directBuffer(command.length()).writeBytes(source, command.offset(), command.length())
                : source.retainedSlice(command.offset(), command.length());
        entries.add(new Entry(kept, queued.edit(), queued.elsewhere()));
        bytes += command.length();
        edits |= queued.edit() != null || queued.elsewhere() != null;
    }

    ByteBuf command(int i) {
        return entries.get(i).command;
    }

    @Nullable
    ExecEdit edit(int i) {
        return entries.get(i).edit;
    }

    /** What other nodes are to do, too, when the transaction has run; null when none are. */
    Route.@Nullable FanOut elsewhere(int i) {
        return entries.get(i).elsewhere;
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }

    /** Whether EXEC's reply must be changed for the client. */
    boolean hasEdits() {
        return edits;
    }

    /** Whether running all of it twice would do no harm. */
    boolean readsOnly() {
        return readsOnly;
    }

    void writes() {
        readsOnly = false;
    }

    /** Whether the connection it is run on is another one afterwards. */
    boolean changesConnection() {
        return changesConnection;
    }

    void willChangeConnection() {
        changesConnection = true;
    }

    void release() {
        entries.forEach(entry -> entry.command.release());
        entries.clear();
    }

    private record Entry(ByteBuf command, @Nullable ExecEdit edit, Route.@Nullable FanOut elsewhere) {}
}
