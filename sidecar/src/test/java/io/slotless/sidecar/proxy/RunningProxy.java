package io.slotless.sidecar.proxy;

import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.DestinationConfig.PresentAs;
import io.slotless.sidecar.destination.DestinationConfig.Tcp;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.upstream.ServerState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The data path in this virtual machine, in front of one destination on a free port. */
public final class RunningProxy implements AutoCloseable {

    static final String HOST = "redis.test";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // As the sidecar: epoll where there is one.
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final int port = RealRedis.freePort();
    private final CountDownLatch topologyKnown = new CountDownLatch(1);
    private final AtomicInteger lostConnections = new AtomicInteger();
    private final AtomicInteger heldBack = new AtomicInteger();
    private final AtomicInteger evicted = new AtomicInteger();
    private final VertxRedisProxy proxy;

    public RunningProxy(DestinationConfig config) {
        this(config, ProxySettings.DEFAULT);
    }

    RunningProxy(DestinationConfig config, ProxySettings settings) {
        this(config, settings, config.mode() == Mode.CLUSTER);
    }

    /** In front of a cluster that never tells its topology. */
    static RunningProxy withoutWaiting(DestinationConfig config) {
        return new RunningProxy(config, ProxySettings.DEFAULT, false);
    }

    private RunningProxy(DestinationConfig config, ProxySettings settings, boolean untilTopologyKnown) {
        this(config, settings, RespLimits.DEFAULT, untilTopologyKnown);
    }

    /** @param limits those of commands, and of all large ones together */
    RunningProxy(DestinationConfig config, ProxySettings settings, RespLimits limits, boolean untilTopologyKnown) {
        ProxyListener listener = new ProxyListener() {
            @Override
            public void topologyChanged(String host, int shards, int nodes) {
                topologyKnown.countDown();
            }

            @Override
            public void upstreamDisconnected(String host, Node node, Throwable cause) {
                lostConnections.incrementAndGet();
            }

            @Override
            public void clientEvicted(String host, long bytes) {
                evicted.incrementAndGet();
            }

            @Override
            public void requestHeldBack(String host) {
                heldBack.incrementAndGet();
            }
        };
        proxy = new VertxRedisProxy(vertx, vertx.getOrCreateContext(), settings, listener, limits);
        await(proxy.listen(new Listen("127.0.0.1", port), config));
        if (untilTopologyKnown) {
            awaitTopology();
        }
    }

    /** In front of one server. */
    public static DestinationConfig standalone(int server) {
        return config(Mode.PROXY, null, Duration.ofSeconds(10), server);
    }

    /** In front of a cluster, some of whose nodes listen at these ports. */
    public static DestinationConfig cluster(int... seeds) {
        return config(Mode.CLUSTER, null, Duration.ofSeconds(10), seeds);
    }

    public static DestinationConfig config(
            Mode mode, @Nullable Credentials credentials, Duration operationTimeout, int... servers) {
        List<Endpoint> seeds = Arrays.stream(servers)
                .mapToObj(server -> new Endpoint("127.0.0.1", server))
                .toList();
        return new DestinationConfig(
                HOST, mode, PresentAs.STANDALONE, seeds, credentials, Optional.empty(), Tcp.DEFAULT, operationTimeout);
    }

    /** The same, for clients that want to see a cluster. */
    static DestinationConfig presentedAsCluster(DestinationConfig config) {
        return new DestinationConfig(
                config.host(),
                config.mode(),
                PresentAs.CLUSTER,
                config.seeds(),
                config.credentials(),
                config.tls(),
                config.tcp(),
                config.operationTimeout());
    }

    public int port() {
        return port;
    }

    public TestClient client() {
        return new TestClient(port);
    }

    public void reconfigure(DestinationConfig config) {
        proxy.reconfigure(config);
    }

    public ServerState servers() {
        return await(proxy.servers(HOST));
    }

    Future<Void> heard(Duration limit) {
        return proxy.heard(limit);
    }

    Future<Void> drain(Duration limit) {
        return proxy.drain(limit);
    }

    long connectedClients() {
        return proxy.traffic(HOST).clients();
    }

    /** Connections to servers that have ended, or could not be made, since the start. */
    int lostConnections() {
        return lostConnections.get();
    }

    /** How often a large command had to wait. */
    int heldBack() {
        return heldBack.get();
    }

    /** How many clients were disconnected for want of memory. */
    int evicted() {
        return evicted.get();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void awaitTopology() {
        try {
            if (!topologyKnown.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no topology");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
