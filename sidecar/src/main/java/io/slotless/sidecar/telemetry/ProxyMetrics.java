package io.slotless.sidecar.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.slotless.sidecar.cluster.Node;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.ProxyListener;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.proxy.Traffic;
import io.slotless.sidecar.proxy.backend.RedirectKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what happens in the data path, by Redis host. */
public final class ProxyMetrics implements ProxyListener {

    private final MeterRegistry registry;
    private final Map<String, HostMetrics> hosts = new ConcurrentHashMap<>();
    private volatile @Nullable RedisProxy proxy;

    public ProxyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Takes the counts per command from {@code source}; before, they read zero. */
    public void read(RedisProxy source) {
        proxy = source;
    }

    /** The host's RedisDestination, or its absence, is in force. */
    public void destinationFollowed(String host) {
        of(host).problem(0);
    }

    /** The host's RedisDestination cannot be used, or not yet. */
    public void destinationHeldBack(String host) {
        of(host).problem(1);
    }

    @Override
    public void clientConnected(String host) {
        of(host).clientConnections.increment();
    }

    @Override
    public void protocolError(String host, String message) {
        of(host).protocolErrors.increment();
    }

    @Override
    public void requestHeldBack(String host) {
        of(host).requestsHeldBack.increment();
    }

    @Override
    public void clientEvicted(String host, long bytes) {
        of(host).clientsEvicted.increment();
    }

    @Override
    public void redirected(String host, RedirectKind kind) {
        of(host).redirected(kind);
    }

    @Override
    public void retried(String host) {
        of(host).retries.increment();
    }

    @Override
    public void upstreamConnected(String host, Node node) {
        of(host).upstreamConnections.increment();
    }

    @Override
    public void upstreamDisconnected(String host, Node node, Throwable cause) {
        of(host).upstreamDisconnections.increment();
    }

    @Override
    public void topologyChanged(String host, int shards, int nodes) {
        of(host).topology(shards, nodes);
    }

    @Override
    public void topologyFailed(String host, Throwable cause) {
        of(host).topologyFailures.increment();
    }

    @Override
    public void reconfigured(String host, Mode mode) {
        of(host).mode(mode);
    }

    private HostMetrics of(String host) {
        HostMetrics known = hosts.get(host);
        return known != null
                ? known
                : hosts.computeIfAbsent(host, name -> new HostMetrics(registry, name, () -> traffic(name)));
    }

    private Traffic traffic(String host) {
        RedisProxy source = proxy;
        return source == null ? Traffic.NONE : source.traffic(host);
    }
}
