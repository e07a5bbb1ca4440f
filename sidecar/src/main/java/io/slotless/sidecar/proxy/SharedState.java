package io.slotless.sidecar.proxy;

import io.slotless.sidecar.resp.CommandFrame;

/** The usual state: each command goes where its route leads, on connections shared with other clients. */
final class SharedState implements SessionState {

    private final ClientSession session;

    SharedState(ClientSession session) {
        this.session = session;
    }

    @Override
    public boolean command(CommandFrame frame) {
        return session.carryOut(session.backend().router().route(frame), frame);
    }

    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    public boolean mayEnd() {
        return true;
    }

    @Override
    public void abandon() {}
}
