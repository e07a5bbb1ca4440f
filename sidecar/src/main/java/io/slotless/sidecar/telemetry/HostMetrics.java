package io.slotless.sidecar.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.proxy.Traffic;
import io.slotless.sidecar.proxy.backend.RedirectKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one Redis host; made once, so that an event costs an addition. */
final class HostMetrics {

    final Counter clientConnections;
    final Counter protocolErrors;
    final Counter requestsHeldBack;
    final Counter clientsEvicted;
    final Counter retries;
    final Counter upstreamConnections;
    final Counter upstreamDisconnections;
    final Counter topologyChanges;
    final Counter topologyFailures;
    final Counter reconfigurations;
    private final Map<RedirectKind, Counter> redirects = new EnumMap<>(RedirectKind.class);
    private final AtomicInteger shards;
    private final AtomicInteger nodes;
    private final AtomicInteger cluster;
    private final AtomicInteger problem;
    private final MeterRegistry registry;
    private final Tags tags;

    /** Registers everything, so that zeros show from the start. */
    HostMetrics(MeterRegistry registry, String host, Supplier<Traffic> traffic) {
        this.registry = registry;
        this.tags = Tags.of(MetricNames.HOST, host);
        clientConnections = counter(MetricNames.CLIENT_CONNECTIONS, "Connections of clients accepted");
        protocolErrors = counter(MetricNames.PROTOCOL_ERRORS, "Clients closed because they did not speak RESP");
        requestsHeldBack =
                counter(MetricNames.REQUESTS_HELD_BACK, "Large commands that had to wait for room in memory");
        clientsEvicted = counter(
                MetricNames.CLIENTS_EVICTED, "Clients disconnected because replies for them took most of the memory");
        retries = counter(MetricNames.RETRIES, "Commands sent again after a failure that left them undone");
        upstreamConnections = counter(MetricNames.UPSTREAM_CONNECTIONS, "Connections made to Redis");
        upstreamDisconnections =
                counter(MetricNames.UPSTREAM_DISCONNECTIONS, "Connections to Redis, or attempts, that ended");
        topologyChanges = counter(MetricNames.TOPOLOGY_CHANGES, "Changes of the cluster's topology taken over");
        topologyFailures = counter(MetricNames.TOPOLOGY_FAILURES, "Rounds in which no node told the topology");
        reconfigurations = counter(MetricNames.RECONFIGURATIONS, "Configurations taken into use");
        for (RedirectKind kind : RedirectKind.values()) {
            redirects.put(
                    kind,
                    Counter.builder(MetricNames.REDIRECTS)
                            .description("Redirections by Redis, hidden from clients")
                            .tags(tags.and(MetricNames.KIND, kind.name()))
                            .register(registry));
        }
        shards = gauge(MetricNames.TOPOLOGY_SHARDS, "Shards of the topology in use");
        nodes = gauge(MetricNames.TOPOLOGY_NODES, "Nodes of the topology in use");
        cluster = gauge(MetricNames.CLUSTER_MODE, "1 in mode CLUSTER, 0 in mode PROXY");
        problem = gauge(MetricNames.DESTINATION_PROBLEM, "1 while the RedisDestination cannot be followed");
        Gauge.builder(MetricNames.CLIENTS, () -> traffic.get().clients())
                .description("Connections of clients now open")
                .tags(tags)
                .register(registry);
        total(MetricNames.COMMANDS, "Commands read from clients", null, traffic, Traffic::commands);
        total(MetricNames.REQUEST_BYTES, "Bytes read from clients", BaseUnits.BYTES, traffic, Traffic::requestBytes);
        total(MetricNames.REPLY_BYTES, "Bytes written to clients", BaseUnits.BYTES, traffic, Traffic::replyBytes);
    }

    void problem(int count) {
        problem.set(count);
    }

    void redirected(RedirectKind kind) {
        Counter counter = redirects.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    void topology(int shardCount, int nodeCount) {
        topologyChanges.increment();
        shards.set(shardCount);
        nodes.set(nodeCount);
    }

    void mode(Mode mode) {
        reconfigurations.increment();
        cluster.set(mode == Mode.CLUSTER ? 1 : 0);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private AtomicInteger gauge(String name, String description) {
        AtomicInteger value = new AtomicInteger();
        Gauge.builder(name, value, AtomicInteger::get)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return value;
    }

    private void total(
            String name,
            String description,
            @Nullable String unit,
            Supplier<Traffic> traffic,
            ToDoubleFunction<Traffic> count) {
        FunctionCounter.builder(name, traffic, source -> count.applyAsDouble(source.get()))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }
}
