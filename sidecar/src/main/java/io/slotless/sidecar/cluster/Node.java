package io.slotless.sidecar.cluster;

/**
 * The address of a Redis server, as the cluster announces it.
 *
 * @param host a name or an address
 * @param port its port for clients
 */
public record Node(String host, int port) {

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
