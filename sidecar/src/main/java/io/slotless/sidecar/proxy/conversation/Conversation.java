package io.slotless.sidecar.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.reply.HeldReply;
import io.slotless.sidecar.proxy.reply.Pending;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.scan.ScanException;
import io.slotless.sidecar.upstream.BatchedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A command that takes several rounds of questions to nodes, each following from the answers before, and then one reply. */
public abstract class Conversation implements Pending, Question.Asker {

    private final Client client;
    private final HeldReply reply;
    private List<Question> round = List.of();
    private int missing;
    private boolean done;
    private boolean abandoned;

    public Conversation(Client client) {
        this.client = client;
        this.reply = client.hold();
    }

    /** Begins; to be called when it stands in line. */
    public final void start() {
        carefully(this::begin);
    }

    /** The first step. */
    protected abstract void begin();

    @Override
    public final Client client() {
        return client;
    }

    @Override
    public final boolean isAbandoned() {
        return abandoned;
    }

    /**
     * Asks all of these at once.
     *
     * @param then gets the replies in the order of the questions, valid during the call; errors among them
     */
    protected final void ask(List<Question> questions, Consumer<List<ByteBuf>> then) {
        if (questions.isEmpty()) {
            then.accept(List.of());
            return;
        }
        prepare(questions);
        Runnable answered = () -> answered(then);
        for (Question question : questions) {
            question.ask(answered);
            client.flow().sentTo(question.lastConnection());
        }
    }

    /** As {@link #ask}, but after a pause, or when the topology has changed. */
    final void askLater(List<Question> questions, Consumer<List<ByteBuf>> then) {
        prepare(questions);
        Runnable answered = () -> answered(then);
        questions.forEach(question -> question.askLater(answered));
    }

    /** Ends with this reply, whose pieces are handed over. */
    protected final void answer(List<ByteBuf> pieces) {
        pieces.forEach(reply::add);
        done = true;
        client.replies().advance();
    }

    /** Ends with an error; {@code text} is without the minus. */
    protected final void answerError(String text) {
        answer(List.of(Replies.error(text)));
    }

    protected static boolean isError(ByteBuf reply) {
        byte type = reply.getByte(reply.readerIndex());
        return type == '-' || type == '!';
    }

    private void prepare(List<Question> questions) {
        round = questions;
        missing = questions.size();
    }

    private void answered(Consumer<List<ByteBuf>> then) {
        if (--missing > 0) {
            return;
        }
        List<ByteBuf> replies = new ArrayList<>(round.size());
        for (Question question : round) {
            replies.add(question.take(client.allocator()));
        }
        if (!abandoned) {
            carefully(() -> then.accept(replies));
        }
        replies.forEach(ByteBuf::release);
    }

    /** A node that says what cannot be understood spoils this reply only. */
    private void carefully(Runnable step) {
        try {
            step.run();
        } catch (ScanException refused) {
            failed(refused.error());
        } catch (RuntimeException e) {
            failed("ERR slotless: unexpected reply of a node: " + e.getMessage());
        }
    }

    private void failed(String error) {
        if (!done) {
            answerError(error);
        }
    }

    @Override
    public final boolean isDone() {
        return done;
    }

    @Override
    public final void writeTo(BatchedWriter out) {
        reply.writeTo(out);
    }

    @Override
    public void leftQueue() {
        reply.release();
    }

    @Override
    public final void abandon() {
        abandoned = true;
        round.forEach(Question::dismiss);
    }
}
