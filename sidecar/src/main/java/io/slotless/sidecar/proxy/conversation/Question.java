package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.backend.Exchange;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that only reads and whose whole reply is for us: what an {@link Asker} wants to know. */
public final class Question extends Exchange {

    private final Asker asker;
    private final @Nullable Node node;
    private final HeldReply held;
    private @Nullable Runnable answered;

    private Question(Asker asker, Identity identity, ByteBuf command, int slot, @Nullable Node node) {
        super(asker.client().backend(), identity, command, command.readerIndex(), command.readableBytes(), slot);
        this.asker = asker;
        this.held = asker.client().hold();
        this.node = node;
    }

    /** To the primary of a slot, whoever that is by then. */
    public static Question toSlot(Asker asker, Identity identity, ByteBuf command, int slot) {
        return new Question(asker, identity, command, slot, null);
    }

    /** To this node; when it is away, that is the answer. */
    static Question toNode(Asker asker, Identity identity, ByteBuf command, Node node) {
        return new Question(asker, identity, command, 0, node);
    }

    /** Asks; {@code whenAnswered} is called once, perhaps before this returns. */
    public void ask(Runnable whenAnswered) {
        answered = whenAnswered;
        dispatch();
    }

    /** As {@link #ask}, but after a pause, or when the topology has changed. */
    void askLater(Runnable whenAnswered) {
        answered = whenAnswered;
        later();
    }

    /** The whole reply, which the caller releases. */
    public ByteBuf take(ByteBufAllocator allocator) {
        return held.take(allocator);
    }

    /** Who answered. */
    Node respondent() {
        UpstreamConnection last = lastConnection();
        return last == null ? new Node("", 0) : last.node();
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return node == null ? super.connection(redirected) : backend.shared(node, identity);
    }

    @Override
    protected boolean isRepeatable() {
        return node == null;
    }

    @Override
    protected boolean onlyReads() {
        return true;
    }

    /** Nobody wants the answer any more. */
    public void dismiss() {
        letGo();
        held.release();
    }

    @Override
    protected void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (asker.isAbandoned()) {
            return;
        }
        held.add(asker.client().allocator(), buffer, offset, length);
        if (last && answered != null) {
            answered.run();
        }
    }

    @Override
    protected boolean takeBack() {
        held.release();
        return true;
    }

    @Override
    protected void detour() {
        asker.client().barrier();
    }

    @Override
    protected boolean isWanted() {
        return !asker.isAbandoned();
    }

    /** Who asks. */
    public interface Asker {

        /** For whom. */
        Client client();

        /** Whether nobody wants the answer any more. */
        boolean isAbandoned();
    }
}
