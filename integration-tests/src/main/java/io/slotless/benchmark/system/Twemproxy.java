package io.slotless.benchmark.system;

import io.slotless.fixture.redis.Loopback;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * twemproxy, which knows nothing of clusters.
 *
 * @param binary the program, {@code nutcracker}
 */
public record Twemproxy(Path binary) implements Peer {

    public static final String PRODUCT = "twemproxy";

    private static final String CONFIGURATION = """
            redis:
              listen: %s
              hash: fnv1a_64
              distribution: ketama
              redis: true
              preconnect: true
              servers:
                - %s:1
            """;

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public String version() {
        return CommandOutput.of(binary.toString(), "--version").strip().replaceFirst("(?s)This is (\\S+).*", "$1");
    }

    @Override
    public String settings() {
        return "twemproxy, one thread as always";
    }

    @Override
    public List<Variant> variants() {
        return List.of(Variant.of(PRODUCT, Mode.PROXY));
    }

    @Override
    public List<String> prepare(
            Variant variant, InetSocketAddress listen, List<InetSocketAddress> redis, Path configuration) {
        Configuration.write(configuration, CONFIGURATION.formatted(text(listen), text(redis.get(0))));
        return List.of(
                binary.toString(),
                "--conf-file=" + configuration,
                "--output=" + configuration + ".log",
                "--mbuf-size=16384",
                "--stats-addr=127.0.0.1",
                "--stats-port=" + Loopback.freePort());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
