package io.slotless.benchmark.system;

import static org.awaitility.Awaitility.await;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.redis.Loopback;
import io.slotless.fixture.redis.RedisServer;
import io.slotless.fixture.resp.PlainRedisClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other proxies that run, a process for each variant. */
public final class Peers implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final Servers servers;
    private final Path folder;
    private final List<ChildProcess> processes = new ArrayList<>();

    /** @param folder takes configurations and logs */
    public Peers(Servers servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
    }

    /** Starts it in one of its variants and waits until it serves. */
    public Target start(Peer peer, Variant variant) {
        InetSocketAddress listen = new InetSocketAddress("127.0.0.1", Loopback.freePort());
        String name = variant.toString().replaceAll("\\W+", "-");
        List<InetSocketAddress> redis = variant.mode() == Mode.CLUSTER
                ? servers.cluster().nodes().stream().map(RedisServer::address).toList()
                : List.of(servers.single().address());
        List<String> command = peer.prepare(variant, listen, redis, folder.resolve(name + ".conf"));
        ChildProcess process =
                ChildProcess.start(variant.toString(), command, Map.of("LC_ALL", "C"), folder.resolve(name + ".log"));
        processes.add(process);
        awaitServing(process, listen);
        return new Target(variant, listen, List.of(process.pid()));
    }

    private static void awaitServing(ChildProcess process, InetSocketAddress listen) {
        await(listen + " serves").atMost(START_TIMEOUT).until(() -> {
            if (!process.isAlive()) {
                throw process.failure("did not start");
            }
            try (PlainRedisClient client = PlainRedisClient.connect(listen)) {
                return !client.call("SET", "warm", "up").isError();
            } catch (UncheckedIOException notYet) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
