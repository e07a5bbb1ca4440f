package io.slotless.sidecar.destination;

/**
 * A Redis host that the sidecar takes over, without what a RedisDestination says about it.
 *
 * @param name the host in full, as in {@link DestinationConfig#host()}
 * @param upstream where Redis is when nothing says otherwise
 */
public record RedisHost(String name, Endpoint upstream) {}
