package io.slotless.sidecar.proxy;

/**
 * Counts for one destination since the start, summed over event loops; read without stopping them, so slightly behind.
 *
 * @param clients connections that are open now
 * @param commands commands read from clients
 * @param requestBytes bytes read from clients
 * @param replyBytes bytes written to clients
 */
public record Traffic(long clients, long commands, long requestBytes, long replyBytes) {

    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);

    /** The sum of both. */
    public Traffic plus(Traffic other) {
        return new Traffic(
                clients + other.clients,
                commands + other.commands,
                requestBytes + other.requestBytes,
                replyBytes + other.replyBytes);
    }
}
