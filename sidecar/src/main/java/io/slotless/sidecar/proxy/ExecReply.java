package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.fanout.FanOut;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ReplyDecoder;
import io.slotless.sidecar.resp.RequestDecoder;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.routing.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's reply to EXEC, made of the server's: some elements are changed, and to some, other nodes have to add what
 * they say, which are asked now that the transaction has run.
 */
final class ExecReply {

    private final ClientSession session;
    private final List<Supplier<ByteBuf>> pieces = new ArrayList<>();
    private final List<FanOut> elsewhere = new ArrayList<>();
    private int missing;
    private boolean abandoned;
    private @Nullable Consumer<ByteBuf> whenComplete;

    private ExecReply(ClientSession session) {
        this.session = session;
    }

    /**
     * Takes the server's reply apart.
     *
     * @param from who ran the transaction
     * @param exec stays the caller's
     */
    static ExecReply of(ClientSession session, Node from, ByteBuf exec, TransactionLog log) {
        ExecReply reply = new ExecReply(session);
        int at = exec.indexOf(exec.readerIndex(), exec.writerIndex(), (byte) '\n') + 1;
        if (exec.getByte(exec.readerIndex()) != '*' || at == exec.writerIndex()) {
            reply.add(exec.retainedSlice());
            return reply;
        }
        reply.add(exec.retainedSlice(exec.readerIndex(), at - exec.readerIndex()));
        ReplyDecoder decoder = new ReplyDecoder();
        for (int i = 0; at < exec.writerIndex(); i++) {
            int end = decoder.scan(exec, at, exec.writerIndex());
            reply.element(from, exec.slice(at, end - at), log, i);
            at = end;
        }
        return reply;
    }

    private void element(Node from, ByteBuf element, TransactionLog log, int i) {
        ExecEdit edit = i < log.size() ? log.edit(i) : null;
        Route.FanOut others = i < log.size() ? log.elsewhere(i) : null;
        if (edit != null) {
            add(edited(edit, element));
        } else if (others == null || element.getByte(element.readerIndex()) == '-') {
            add(element.retain());
        } else {
            FanOut fanOut =
                    FanOut.of(session, frame(log.command(i)), others.reach(), others.merge(), from, this::answered);
            elsewhere.add(fanOut);
            pieces.add(fanOut::take);
            missing++;
            fanOut.give(element);
        }
    }

    /** A node that says what cannot be understood spoils this element only. */
    private ByteBuf edited(ExecEdit edit, ByteBuf element) {
        ByteBuf edited = session.allocator().directBuffer(element.readableBytes());
        try {
            edit.edit(element, edited);
            return edited;
        } catch (RuntimeException e) {
            edited.release();
            return Replies.error("ERR slotless: unexpected reply of a node: " + e.getMessage());
        }
    }

    private void add(ByteBuf piece) {
        pieces.add(() -> piece);
    }

    private static CommandFrame frame(ByteBuf command) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        decoder.decode(command.duplicate());
        return decoder.frame();
    }

    /**
     * Asks whom there is to ask.
     *
     * @param then gets the whole reply, which it releases; perhaps before this returns; not when the client has gone
     */
    void complete(Consumer<ByteBuf> then) {
        whenComplete = then;
        missing++;
        elsewhere.forEach(FanOut::send);
        answered();
    }

    private void answered() {
        missing--;
        if (missing > 0 || abandoned || whenComplete == null) {
            return;
        }
        ByteBuf whole = session.allocator().directBuffer();
        for (Supplier<ByteBuf> piece : pieces) {
            ByteBuf bytes = piece.get();
            whole.writeBytes(bytes);
            bytes.release();
        }
        pieces.clear();
        whenComplete.accept(whole);
    }

    /** The client has gone. */
    void abandon() {
        abandoned = true;
        for (FanOut fanOut : elsewhere) {
            fanOut.abandon();
        }
        pieces.forEach(piece -> piece.get().release());
        pieces.clear();
        elsewhere.forEach(FanOut::leftQueue);
    }
}
