package io.slotless.it.differential;

import io.slotless.fixture.resp.PlainRedisClient;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Where calls are sent: one connection for each address. */
final class Target implements AutoCloseable {

    private final Function<String, InetSocketAddress> addressOfTag;
    private final int protocol;
    private final Map<InetSocketAddress, PlainRedisClient> connections = new HashMap<>();

    /**
     * @param addressOfTag where keys with this hash tag are served
     * @param protocol 2 or 3
     */
    Target(Function<String, InetSocketAddress> addressOfTag, int protocol) {
        this.addressOfTag = addressOfTag;
        this.protocol = protocol;
    }

    PlainRedisClient connection(String tag) {
        return connections.computeIfAbsent(addressOfTag.apply(tag), address -> {
            PlainRedisClient client = PlainRedisClient.connect(address);
            client.demand("HELLO", Integer.toString(protocol));
            return client;
        });
    }

    /** Closes the connections: the next call opens new ones, free of whatever state the old ones were in. */
    @Override
    public void close() {
        connections.values().forEach(PlainRedisClient::close);
        connections.clear();
    }
}
