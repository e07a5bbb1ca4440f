package io.slotless.sidecar.proxy;

/**
 * Settings of the data path that are the same for all destinations.
 *
 * @param eventLoops threads that carry clients; 1 costs least CPU per command
 * @param maxClients the most client connections, all destinations together; one more gets Redis's own error
 * @param maxOutstanding the most commands of one client that wait for replies; reading pauses at it
 * @param maxBufferedReplies bytes of replies held for one client that does not read; what feeds it pauses at it
 * @param maxTransactionBytes bytes of commands that one transaction may queue; one more spoils it
 * @param maxPrivate connections to servers that single clients may use for themselves, per destination and event loop
 */
public record ProxySettings(
        int eventLoops,
        int maxClients,
        int maxOutstanding,
        int maxBufferedReplies,
        int maxTransactionBytes,
        int maxPrivate) {

    /** What suits a sidecar. */
    public static final ProxySettings DEFAULT =
            new ProxySettings(1, 10_000, 4096, 1024 * 1024, 32 * 1024 * 1024, 1_000);
}
