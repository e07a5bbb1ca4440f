package io.slotless.sidecar.proxy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of one destination on one event loop. Only that loop writes, without any barrier; any thread may read, and sees
 * values that are slightly old.
 */
final class TrafficCounter {

    private static final VarHandle CLIENTS = handle("clients");
    private static final VarHandle COMMANDS = handle("commands");
    private static final VarHandle REQUEST_BYTES = handle("requestBytes");
    private static final VarHandle REPLY_BYTES = handle("replyBytes");

    @SuppressWarnings("UnusedVariable")
    private long clients;

    private long commands;
    private long requestBytes;
    private long replyBytes;

    void clients(long now) {
        CLIENTS.setOpaque(this, now);
    }

    void commands(long more) {
        COMMANDS.setOpaque(this, commands + more);
    }

    void requestBytes(long more) {
        REQUEST_BYTES.setOpaque(this, requestBytes + more);
    }

    void replyBytes(long more) {
        REPLY_BYTES.setOpaque(this, replyBytes + more);
    }

    Traffic read() {
        return new Traffic(
                (long) CLIENTS.getOpaque(this),
                (long) COMMANDS.getOpaque(this),
                (long) REQUEST_BYTES.getOpaque(this),
                (long) REPLY_BYTES.getOpaque(this));
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(TrafficCounter.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
