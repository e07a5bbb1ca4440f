package io.slotless.sidecar.app;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.kubernetes.DestinationListener;
import io.slotless.sidecar.kubernetes.DestinationSource;
import io.slotless.sidecar.kubernetes.DestinationTracker;
import io.slotless.sidecar.kubernetes.HostState;
import io.slotless.sidecar.proxy.Listen;
import io.slotless.sidecar.proxy.RedisProxy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the source of destinations to the data path: listens for each host and passes changes on. */
final class Sidecar implements DestinationListener {

    private final RedisProxy proxy;
    private final Hosts hosts;
    private final DestinationSource source;
    private final DestinationListener events;
    private final DestinationTracker tracker;
    private final Map<String, Future<Void>> listening = new LinkedHashMap<>();
    private volatile boolean stopping;

    Sidecar(RedisProxy proxy, Hosts hosts, DestinationSource source, DestinationListener events) {
        this.proxy = proxy;
        this.hosts = hosts;
        this.source = source;
        this.events = events;
        this.tracker = new DestinationTracker(hosts.clusterDomain(), source, this);
    }

    /**
     * Serves at once what is known at once, and follows the source from then on.
     *
     * @return succeeds when every host that has a configuration by now accepts clients; fails with a message for the
     *     user
     */
    Future<Void> start() {
        refresh();
        source.start(this::refresh);
        synchronized (listening) {
            return Future.all(List.copyOf(listening.values())).<Void>mapEmpty().onFailure(taken -> source.close());
        }
    }

    /** Leaves the source, lets replies finish and closes the connections, within {@code limit}. */
    Future<Void> stop(Duration limit) {
        stopping = true;
        source.close();
        return proxy.drain(limit);
    }

    /** Where each host stands. */
    List<HostReport> report() {
        Map<String, HostState> states = tracker.states();
        synchronized (listening) {
            return hosts.all().stream()
                    .map(host -> new HostReport(
                            host,
                            states.getOrDefault(host.host(), HostState.NEW),
                            succeeded(listening.get(host.host())),
                            stopping))
                    .toList();
        }
    }

    private static boolean succeeded(@Nullable Future<Void> future) {
        return future != null && future.succeeded();
    }

    private void refresh() {
        if (!stopping) {
            tracker.refresh(hosts.all());
        }
    }

    @Override
    public void configured(BootstrapHost host, DestinationConfig config) {
        events.configured(host, config);
        synchronized (listening) {
            Future<Void> before = listening.get(host.host());
            if (before == null || before.failed()) {
                Listen where = new Listen(host.listenAddress(), host.listenPort());
                listening.put(host.host(), proxy.listen(where, config));
            } else {
                before.onSuccess(listens -> proxy.reconfigure(config));
            }
        }
    }

    @Override
    public void settled(BootstrapHost host) {
        events.settled(host);
    }

    @Override
    public void refused(BootstrapHost host, List<String> problems) {
        events.refused(host, problems);
    }

    @Override
    public void waiting(BootstrapHost host, String reason) {
        events.waiting(host, reason);
    }
}
