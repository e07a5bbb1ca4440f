package io.slotless.sidecar.app;

import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes Vert.x. Host names are looked up in DNS only: the pod's hosts file leads applications to this sidecar, and would lead it to
 * itself. Name servers and search domains are those of the pod's {@code resolv.conf}.
 */
final class VertxFactory {

    /** What takes the place of the hosts file. */
    private static final Buffer LOCALHOST = Buffer.buffer("127.0.0.1 localhost\n::1 localhost\n");

    /** Configuration and secrets are read by few; the data path needs none. */
    private static final int WORKERS = 4;

    private VertxFactory() {}

    static Vertx create(SidecarConfig config) {
        // Both cost something for each event and serve nobody here.
        System.setProperty("vertx.disableTCCL", "true");
        System.setProperty("vertx.disableContextTimings", "true");
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                // One more than the data path uses, for probes, metrics and watches.
                .setEventLoopPoolSize(config.eventLoops() + 1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(2)
                // It wakes the process up each time.
                .setBlockedThreadCheckInterval(10)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
                // The container's file system is read-only.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setAddressResolverOptions(resolver(
                        new AddressResolverOptions(),
                        config.dns().servers(),
                        config.dns().maxTtl())));
    }

    /**
     * A context on the one event loop that carries no clients: for probes, metrics, watches, and what servers are asked that no client
     * asked for. Loops are handed out in turns, so nobody may take one for clients before.
     */
    static Context control(Vertx vertx) {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /**
     * Our rules on top of {@code base}.
     *
     * @param servers name servers, each an IPv4 address with or without a port; none: those of resolv.conf
     * @param maxTtl the longest time an address is kept: pods move
     */
    static AddressResolverOptions resolver(AddressResolverOptions base, List<String> servers, Duration maxTtl) {
        AddressResolverOptions options = new AddressResolverOptions(base)
                .setHostsPath(null)
                .setHostsValue(LOCALHOST)
                .setCacheMinTimeToLive(0)
                .setCacheMaxTimeToLive(Math.toIntExact(maxTtl.toSeconds()))
                .setCacheNegativeTimeToLive(0);
        servers.forEach(VertxFactory::check);
        return servers.isEmpty() ? options : options.setServers(List.copyOf(servers));
    }

    private static void check(String server) {
        int colon = server.indexOf(':');
        String address = colon < 0 ? server : server.substring(0, colon);
        boolean port = colon < 0 || server.substring(colon + 1).matches("[0-9]{1,5}");
        if (!NetUtil.isValidIpV4Address(address) || !port) {
            throw new ConfigurationException(
                    "slotless: slotless.dns.servers: '" + server + "' is not an IPv4 address, or one with a port");
        }
    }
}
