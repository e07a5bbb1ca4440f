package io.slotless.benchmark.system;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * predixy with one worker.
 *
 * @param binary the program
 */
public record Predixy(Path binary) implements Peer {

    public static final String PRODUCT = "predixy";

    private static final String CONFIGURATION = """
            Name benchmark
            Bind %s
            WorkerThreads 1
            ClientTimeout 0
            LogVerbSample 0
            LogDebugSample 0
            LogInfoSample 0
            Authority {
                Auth {
                    Mode admin
                }
            }
            ClusterServerPool {
                MasterReadPriority 100
                StaticSlaveReadPriority 0
                DynamicSlaveReadPriority 0
                Servers {
            %s
                }
            }
            """;

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public String version() {
        return CommandOutput.of(binary.toString(), "-v").strip().replaceFirst(".* ", "");
    }

    @Override
    public String settings() {
        return "one worker, reads from primaries";
    }

    @Override
    public List<Variant> variants() {
        return List.of(Variant.of(PRODUCT, Mode.CLUSTER));
    }

    @Override
    public List<String> prepare(
            Variant variant, InetSocketAddress listen, List<InetSocketAddress> redis, Path configuration) {
        String servers = redis.stream()
                .map(server -> "        + " + server.getAddress().getHostAddress() + ":" + server.getPort())
                .collect(Collectors.joining("\n"));
        Configuration.write(
                configuration,
                CONFIGURATION.formatted(listen.getAddress().getHostAddress() + ":" + listen.getPort(), servers));
        return List.of(binary.toString(), configuration.toString());
    }
}
