package io.slotless.benchmark.system;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * redis-cluster-proxy with one thread.
 *
 * @param binary the program
 */
public record RedisClusterProxy(Path binary) implements Peer {

    public static final String PRODUCT = "redis-cluster-proxy";

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public String version() {
        // It has no option that tells, and never had a release.
        return PRODUCT;
    }

    @Override
    public String settings() {
        return "one thread, commands over several slots enabled";
    }

    @Override
    public List<Variant> variants() {
        return List.of(Variant.of(PRODUCT, Mode.CLUSTER));
    }

    @Override
    public List<String> prepare(
            Variant variant, InetSocketAddress listen, List<InetSocketAddress> redis, Path configuration) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--bind",
                listen.getAddress().getHostAddress(),
                "--port",
                Integer.toString(listen.getPort()),
                "--threads",
                "1",
                "--enable-cross-slot"));
        redis.forEach(server -> command.add(server.getAddress().getHostAddress() + ":" + server.getPort()));
        return command;
    }
}
