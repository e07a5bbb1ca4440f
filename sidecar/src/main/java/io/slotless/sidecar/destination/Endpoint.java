package io.slotless.sidecar.destination;

/**
 * A host name or address with a port.
 *
 * @param host a name for DNS, or an IPv4 or (without brackets) IPv6 address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("an endpoint needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is not between 1 and 65535");
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
