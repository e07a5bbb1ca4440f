package io.slotless.sidecar.cluster;

/**
 * Where a Redis server listens.
 *
 * @param host name or address as the cluster announces it; an IPv6 address without brackets
 */
public record Node(String host, int port) {

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
