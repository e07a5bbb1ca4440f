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

    private final RequestBudget budget;
    private final Runnable roomChanged;
    private final RequestDecoder decoder;
    private @Nullable ByteBuf bytes;
    /** Of the command that is not all there yet, when it is a large one. */
    private RequestBudget.@Nullable Claim claim;

    private int commandEnd;

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

    /** Takes over bytes that a client has sent while its session took no commands. */
    void addAhead(ByteBufAllocator allocator, ByteBuf more) {
        add(allocator, more, 0);
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
            if (claim != null) {
                claim.complete(decoder.weight());
                claim = null;
            }
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
            return true;
        }
        ByteBuf rest = Gathering.rest(allocator, present);
        bytes = rest;
        if (rest.readableBytes() + decoder.missing() <= Gathering.LARGE) {
            return true;
        }
        RequestBudget.Claim current = claim;
        if (current == null) {
            current = budget.claim(roomChanged);
            claim = current;
            bytes = new LargeRequest(allocator, rest, current);
        }
        return current.extend(decoder.weight(), decoder.expectedWeight());
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
        claim = null;
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
