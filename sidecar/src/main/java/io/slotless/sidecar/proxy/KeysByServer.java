package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.proxy.client.Client;
import io.slotless.sidecar.proxy.conversation.Question;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespWriter;
import io.slotless.sidecar.routing.KeysFound;
import io.slotless.sidecar.routing.Route;
import io.slotless.sidecar.upstream.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/**
 * A command whose keys only a server can find: {@code COMMAND GETKEYS} first, then it goes where its keys are. Commands
 * behind it must wait, or they could overtake it.
 */
final class KeysByServer extends Forward implements Question.Asker {

    private static final int UNKNOWN = -1;

    private final Question question;
    private int slotOfKeys = UNKNOWN;

    KeysByServer(ClientSession session, CommandFrame frame) {
        super(
                session,
                session.identity().upstream(),
                frame,
                session.backend().owners().any());
        this.question = Question.toSlot(this, identity, getKeys(frame), slot());
    }

    private static ByteBuf getKeys(CommandFrame frame) {
        ByteBuf request = Unpooled.buffer(frame.length() + 32);
        RespWriter.writeArrayHeader(request, frame.argumentCount() + 2);
        RespWriter.writeBulkString(request, "COMMAND");
        RespWriter.writeBulkString(request, "GETKEYS");
        for (int i = 0; i < frame.argumentCount(); i++) {
            RespWriter.writeBulkString(request, frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i));
        }
        return request;
    }

    @Override
    public void dispatch() {
        if (slotOfKeys == UNKNOWN) {
            question.ask(this::answered);
        } else {
            super.dispatch();
        }
    }

    @Override
    @Nullable
    protected UpstreamConnection connection(@Nullable Node redirected) {
        return redirected == null ? backend.shared(slotOfKeys, identity) : super.connection(redirected);
    }

    private void answered() {
        ByteBuf reply = question.take(session().allocator());
        Route route = KeysFound.route(reply);
        reply.release();
        if (route instanceof Route.Reject reject) {
            finish(reject.error());
        } else {
            slotOfKeys = route instanceof Route.ToSlot to ? to.slot() : slot();
            dispatch();
        }
    }

    @Override
    public Client client() {
        return session();
    }

    @Override
    public boolean isAbandoned() {
        return !isWanted();
    }

    @Override
    public void abandon() {
        super.abandon();
        if (slotOfKeys == UNKNOWN && !isDone()) {
            question.dismiss();
            finish("nobody waits for it");
        }
    }
}
