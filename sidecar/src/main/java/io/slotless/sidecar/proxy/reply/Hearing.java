package io.slotless.sidecar.proxy.reply;

import io.slotless.sidecar.upstream.BatchedWriter;

/** A place in the line of replies from which on the client hears them, or does not (Redis documentation, CLIENT REPLY). */
public enum Hearing implements Pending {
    /** Replies are written. */
    ON,
    /** Replies are dropped; pushes are not. */
    OFF;

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void writeTo(BatchedWriter out) {
        out.mute(this == OFF);
    }

    @Override
    public void leftQueue() {}

    @Override
    public void abandon() {}
}
