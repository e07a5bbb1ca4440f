package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.clients.KillRequest;
import io.slotless.sidecar.proxy.conversation.Conversation;
import io.slotless.sidecar.proxy.conversation.Question;
import io.slotless.sidecar.proxy.conversation.Survey;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import java.util.List;

/** CLIENT KILL USER: a user that there is not is an error, and only the servers know who is. */
final class KillByUser extends Conversation {

    private final ClientSession session;
    private final KillRequest request;
    private final String user;

    KillByUser(ClientSession session, KillRequest request) {
        super(session);
        this.session = session;
        this.request = request;
        this.user = String.valueOf(request.user());
    }

    @Override
    protected void begin() {
        ByteBuf question = CommandFrame.of("ACL", "GETUSER", user).buffer();
        int anywhere = session.backend().owners().any();
        ask(
                List.of(Question.toSlot(this, session.upstream(), question, anywhere)),
                replies -> answered(replies.get(0)));
    }

    private void answered(ByteBuf reply) {
        // Who may not ask may kill all the same.
        if (!isError(reply) && Survey.value(reply) instanceof RespValue.NullValue) {
            answerError("ERR No such user '" + user + "'");
            return;
        }
        Destination own = session.destination();
        if (own.siblings().areNone()) {
            killed(List.of(own.kill(request, session.id())));
        } else {
            own.siblings().ask(destination -> destination.kill(request, session.id()), this::killed);
        }
    }

    private void killed(List<Integer> others) {
        if (!isAbandoned()) {
            ClientCommands.endIfMeant(session, request);
            answer(List.of(ClientCommands.killed(session, request, others)));
        }
    }
}
