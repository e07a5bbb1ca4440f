package io.slotless.sidecar.proxy;

/**
 * Where to accept clients.
 *
 * @param address an IP address of this host, usually of the loopback network
 * @param port 0 to 65535; 0 takes a free one
 */
public record Listen(String address, int port) {

    @Override
    public String toString() {
        return address + ":" + port;
    }
}
