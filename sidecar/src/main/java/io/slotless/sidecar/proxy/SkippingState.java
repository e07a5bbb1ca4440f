package io.slotless.sidecar.proxy;

import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.resp.CommandFrame;

/** After CLIENT REPLY SKIP: the next command is carried out by the state before, and the client does not hear its reply. */
final class SkippingState implements SessionState {

    private final ClientSession session;
    private final SessionState before;

    SkippingState(ClientSession session, SessionState before) {
        this.session = session;
        this.before = before;
    }

    @Override
    public boolean command(CommandFrame frame) {
        session.enter(before);
        session.replies().hear(Hearing.OFF);
        boolean taken = before.command(frame);
        if (taken) {
            session.replies().hear(session.identity().hearing());
        } else if (session.state() == before) {
            session.enter(this);
        }
        return taken;
    }

    /** What is to be skipped is about the client, not about its backend. */
    @Override
    public boolean isFree() {
        return false;
    }

    @Override
    public boolean mayEnd() {
        return before.mayEnd();
    }

    @Override
    public int queued() {
        return before.queued();
    }

    @Override
    public void abandon() {
        before.abandon();
    }
}
