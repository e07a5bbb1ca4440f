package io.slotless.sidecar.proxy;

import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.upstream.ServerState;
import io.vertx.core.Future;
import java.time.Duration;

/** The data path as the rest of the program sees it. Methods may be called from any thread. */
public interface RedisProxy {

    /**
     * Starts to accept clients for a destination.
     *
     * @param where the address to listen on
     * @param initial the configuration to start with; it need not be reachable
     * @return fails with a message that names the address when it cannot be bound
     */
    Future<Void> listen(Listen where, DestinationConfig initial);

    /**
     * Replaces the configuration of {@link DestinationConfig#host()}. Sessions move over at their next safe point; no
     * client connection is closed. An equal configuration changes nothing.
     */
    void reconfigure(DestinationConfig config);

    /**
     * Stops accepting, lets outstanding replies finish and closes each connection when it is quiet.
     *
     * @param limit what is still open after it is closed anyway
     * @return succeeds when nothing is open any more
     */
    Future<Void> drain(Duration limit);

    /**
     * What the servers of a destination say. In mode CLUSTER that is known; a single server is asked, at most once in
     * some seconds.
     *
     * @return never fails; unknown for an unknown host
     */
    Future<ServerState> servers(String host);

    /**
     * What else a start has to do can wait for this: that the servers of all destinations there are by now have been heard once, or
     * could not be.
     *
     * @param limit after which it succeeds anyway
     */
    Future<Void> heard(Duration limit);

    /** What went through for a destination since the start; zeros for an unknown host. */
    Traffic traffic(String host);
}
