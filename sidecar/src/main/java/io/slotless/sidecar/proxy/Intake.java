package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RequestDecoder;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent and its session has not taken: finds the commands in it, and has room kept for a large one as soon
 * as it is known to be large. Used on the client's event loop only.
 */
final class Intake {

    /** As much is read ahead while the session is busy; it lets us notice that the client leaves. */
    private static final int READ_AHEAD = 64 * 1024;

    private final RequestBudget budget;
    private final Runnable roomChanged;
    private final RequestDecoder decoder;
    private @Nullable ByteBuf bytes;
    /** Of the command that is not all there yet, when it is a large one. */
    private RequestBudget.@Nullable Claim claim;

    private int commandEnd;
    /** Bytes of memory that were counted as those of a begun command, which is not a large one. */
    private int begun;

    /**
     * @param roomChanged called when a command that had no room {@link #hasRoom has some}, or {@link #isRefused will have none}: by
     *     any thread, in the midst of other work
     */
    Intake(RequestBudget budget, Runnable roomChanged) {
        this.budget = budget;
        this.roomChanged = roomChanged;
        this.decoder = new RequestDecoder(budget.limits());
    }

    /** Takes over bytes that a client has sent while all that came before them was looked through. */
    void add(ByteBufAllocator allocator, ByteBuf more) {
        add(allocator, more, decoder.missing());
    }

    /**
     * Takes over bytes that a client has sent while its session took no commands.
     *
     * @return whether more should be read
     */
    boolean addAhead(ByteBufAllocator allocator, ByteBuf more) {
        add(allocator, more, 0);
        return size() <= READ_AHEAD && (bytes == null || mayLie(bytes.capacity()));
    }

    private void add(ByteBufAllocator allocator, ByteBuf more, int announced) {
        ByteBuf present = bytes;
        if (present == null) {
            bytes = more;
        } else if (present instanceof LargeRequest large) {
            large.append(more);
        } else {
            bytes = Gathering.append(allocator, present, more, announced);
        }
    }

    boolean isEmpty() {
        return bytes == null;
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** Looks for the next command; not when it {@link #isEmpty}. */
    RequestDecoder.Step next() {
        ByteBuf present = take();
        bytes = present;
        int start = present.readerIndex();
        RequestDecoder.Step step = decoder.decode(present);
        if (step == RequestDecoder.Step.COMMAND) {
            commandEnd = present.readerIndex();
            // Until the command is taken it counts as unread: the session may want its bytes raw.
            present.readerIndex(start);
            endWait(present);
        }
        return step;
    }

    /** The command found by {@link #next}. */
    CommandFrame command() {
        return decoder.frame();
    }

    /** Goes behind the command found by {@link #next}. */
    void commandTaken() {
        decoder.taken();
        if (bytes != null) {
            bytes.readerIndex(commandEnd);
        }
    }

    /** What the client did wrong. */
    String error() {
        return decoder.error();
    }

    /**
     * After the last whole command: keeps what is behind it, no more.
     *
     * @return whether there is room for the rest of a command that has begun there; if not, no more should be read
     */
    boolean awaitRest(ByteBufAllocator allocator) {
        ByteBuf present = take();
        if (!present.isReadable()) {
            present.release();
            lieNoMore();
            return true;
        }
        ByteBuf rest = Gathering.rest(allocator, present, decoder.missing());
        bytes = rest;
        boolean isLarge = rest.readableBytes() + decoder.missing() > Gathering.LARGE;
        RequestBudget.Claim current = claim;
        if (current == null) {
            if (!isLarge && mayLie(Math.max(rest.capacity(), rest.readableBytes() + decoder.missing()))) {
                return true;
            }
            lieNoMore();
            current = budget.claim(roomChanged);
            claim = current;
        }
        if (rest instanceof LargeRequest) {
            return current.extend(decoder.weight(), decoder.expectedWeight());
        }
        if (isLarge) {
            bytes = new LargeRequest(allocator, rest, current);
        }
        long capacity = Math.max(decoder.weight(), rest.capacity());
        // Buffers are cut from pieces of which a part is left over.
        long needed = capacity + capacity / 8;
        return current.extend(needed, Math.max(needed, decoder.expectedWeight()));
    }

    /** Whether what waits here, and is to come, may lie here without a claim: thousands of clients may have begun something. */
    private boolean mayLie(int size) {
        boolean mayLie = budget.room().addBegun(size - begun);
        if (mayLie) {
            begun = size;
        }
        return mayLie;
    }

    private void lieNoMore() {
        if (begun > 0) {
            budget.room().addBegun(-begun);
            begun = 0;
        }
    }

    /** The command that begins in these bytes is all there. */
    private void endWait(ByteBuf present) {
        lieNoMore();
        if (claim != null) {
            claim.complete(decoder.weight());
            if (!(present instanceof LargeRequest)) {
                claim.close();
            }
            claim = null;
        }
    }

    /** Whether there is room by now for what {@link #awaitRest} had none for. */
    boolean hasRoom() {
        return claim != null && !claim.isWaiting();
    }

    /** Whether there will not be any. */
    boolean isRefused() {
        return claim != null && claim.isRefused();
    }

    /** All of it, whole commands or not; it is the caller's now. */
    ByteBuf take() {
        ByteBuf present = bytes;
        if (present == null) {
            throw new IllegalStateException("nothing came");
        }
        bytes = null;
        return present;
    }

    /** The client is not listened to any more. */
    void clear() {
        lieNoMore();
        if (claim != null && !(bytes instanceof LargeRequest)) {
            claim.close();
        }
        claim = null;
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
