package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.upstream.Identity;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** A command that only reads and whose whole reply is for us: a part of a {@link Conversation}. */
final class Question extends Exchange {

    private final Conversation conversation;
    private final @Nullable Node node;
    private final HeldReply held = new HeldReply();
    private @Nullable Runnable answered;

    private Question(Conversation conversation, Identity identity, ByteBuf command, int slot, @Nullable Node node) {
        super(
                conversation.session().backend(),
                identity,
                command,
                command.readerIndex(),
                command.readableBytes(),
                slot);
        this.conversation = conversation;
        this.node = node;
    }

    /** To the primary of a slot, whoever that is by then. */
    static Question toSlot(Conversation conversation, Identity identity, ByteBuf command, int slot) {
        return new Question(conversation, identity, command, slot, null);
    }

    /** To this node; when it is away, that is the answer. */
    static Question toNode(Conversation conversation, Identity identity, ByteBuf command, Node node) {
        return new Question(conversation, identity, command, 0, node);
    }

    /** Asks; {@code whenAnswered} is called once, perhaps before this returns. */
    void ask(Runnable whenAnswered) {
        answered = whenAnswered;
        dispatch();
    }

    /** As {@link #ask}, but after a pause, or when the topology has changed. */
    void askLater(Runnable whenAnswered) {
        answered = whenAnswered;
        later();
    }

    /** The whole reply, which the caller releases. */
    ByteBuf take(ByteBufAllocator allocator) {
        return held.take(allocator);
    }

    /** Who answered. */
    Node respondent() {
        UpstreamConnection last = lastConnection();
        return last == null ? new Node("", 0) : last.node();
    }

    @Override
    @Nullable
    UpstreamConnection connection(@Nullable Node redirected) {
        return node == null ? super.connection(redirected) : backend.shared(node, identity);
    }

    @Override
    boolean isRepeatable() {
        return node == null;
    }

    @Override
    boolean onlyReads() {
        return true;
    }

    /** Nobody wants the answer any more. */
    void dismiss() {
        letGo();
        held.release();
    }

    @Override
    void deliver(@Nullable UpstreamConnection from, ByteBuf buffer, int offset, int length, boolean last) {
        if (conversation.isAbandoned()) {
            return;
        }
        held.add(conversation.session().allocator(), buffer, offset, length);
        if (last && answered != null) {
            answered.run();
        }
    }

    @Override
    boolean takeBack() {
        held.release();
        return true;
    }

    @Override
    void detour() {
        conversation.session().barrier();
    }

    @Override
    boolean isWanted() {
        return !conversation.isAbandoned();
    }
}
