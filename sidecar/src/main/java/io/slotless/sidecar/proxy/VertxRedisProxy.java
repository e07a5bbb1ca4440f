package io.slotless.sidecar.proxy;

import io.netty.util.internal.PlatformDependent;
import io.slotless.sidecar.command.CommandReply;
import io.slotless.sidecar.command.CommandTable;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Mode;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.upstream.CommandReplyReader;
import io.slotless.sidecar.upstream.ServerProbe;
import io.slotless.sidecar.upstream.ServerState;
import io.slotless.sidecar.upstream.TopologyRefresher;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The data path on Vert.x: one verticle per event loop, one topology refresher per destination. */
public final class VertxRedisProxy implements RedisProxy {

    private static final long DRAIN_CHECK_MILLIS = 20;

    private final Vertx vertx;
    private final ProxyListener listener;
    private final List<ProxyVerticle> loops = new ArrayList<>();
    private final Map<String, InUse> inUse = new ConcurrentHashMap<>();
    private final Map<String, Promise<Void>> heard = new ConcurrentHashMap<>();
    private final List<Future<String>> deployed = new ArrayList<>();
    private final Context control;

    /**
     * Starts its event loops; nothing is listened on yet. Large commands share most of what this JVM has for buffers.
     *
     * @param control where servers are asked what clients did not ask for: what a large cluster says of itself takes milliseconds to be
     *     read, in a young JVM tens of them
     */
    public VertxRedisProxy(Vertx vertx, Context control, ProxySettings settings, ProxyListener listener) {
        this(vertx, control, settings, listener, RespLimits.DEFAULT.within(PlatformDependent.maxDirectMemory()));
    }

    /** @param limits of a single command, and with that of all large ones together */
    VertxRedisProxy(Vertx vertx, Context control, ProxySettings settings, ProxyListener listener, RespLimits limits) {
        this.vertx = vertx;
        this.control = control;
        this.listener = listener;
        ClientLimit clients = new ClientLimit(settings.maxClients());
        RequestBudget requests = new RequestBudget(limits, System::nanoTime);
        for (int i = 0; i < settings.eventLoops(); i++) {
            loops.add(new ProxyVerticle(settings, listener, clients, requests, this::hint, loops));
        }
        loops.forEach(loop -> deployed.add(vertx.deployVerticle(loop, new DeploymentOptions())));
    }

    @Override
    public Future<Void> listen(Listen where, DestinationConfig initial) {
        Promise<Void> first = heard.computeIfAbsent(initial.host(), host -> Promise.promise());
        return Future.all(deployed).compose(ignored -> {
            // All loops share one port: the first may choose it.
            Future<Integer> port = loops.get(0).listen(where, initial);
            for (ProxyVerticle loop : loops.subList(1, loops.size())) {
                port = port.compose(chosen -> loop.listen(new Listen(where.address(), chosen), initial));
            }
            port.onSuccess(listening -> inUse.computeIfAbsent(initial.host(), host -> startUsing(initial)));
            port.onFailure(first::tryFail);
            return port.<Void>mapEmpty()
                    .recover(cause -> Future.failedFuture(new IOException(
                            "cannot listen on " + where + " for " + initial.host() + ": " + cause.getMessage())));
        });
    }

    @Override
    public synchronized void reconfigure(DestinationConfig config) {
        InUse before = inUse.get(config.host());
        if (before == null || before.config.equals(config)) {
            return;
        }
        before.close();
        loops.forEach(loop -> loop.use(config));
        inUse.put(config.host(), startUsing(config));
    }

    @Override
    public Future<Void> drain(Duration limit) {
        loops.forEach(ProxyVerticle::drain);
        long deadline = System.nanoTime() + limit.toNanos();
        Promise<Void> drained = Promise.promise();
        vertx.setPeriodic(DRAIN_CHECK_MILLIS, timer -> Future.all(
                        loops.stream().map(ProxyVerticle::isDrained).toList())
                .onSuccess(all -> {
                    boolean quiet = all.<Boolean>list().stream().allMatch(each -> each);
                    if ((quiet || System.nanoTime() - deadline > 0) && vertx.cancelTimer(timer)) {
                        inUse.values().forEach(InUse::close);
                        Future.all(deployed.stream()
                                        .map(deployment -> vertx.undeploy(deployment.result()))
                                        .toList())
                                .<Void>mapEmpty()
                                .onComplete(drained);
                    }
                }));
        return drained.future();
    }

    @Override
    public Traffic traffic(String host) {
        return loops.stream().map(loop -> loop.traffic(host)).reduce(Traffic.NONE, Traffic::plus);
    }

    @Override
    public Future<ServerState> servers(String host) {
        InUse current = inUse.get(host);
        return current == null ? Future.succeededFuture(new ServerState.Unknown()) : current.servers();
    }

    @Override
    public Future<Void> heard(Duration limit) {
        Promise<Void> all = Promise.promise();
        long timer = vertx.setTimer(limit.toMillis(), ignored -> all.tryComplete());
        Future.join(heard.values().stream().map(Promise::future).toList()).onComplete(ignored -> {
            vertx.cancelTimer(timer);
            all.tryComplete();
        });
        return all.future();
    }

    private void heard(String host) {
        Promise<Void> first = heard.get(host);
        if (first != null) {
            first.tryComplete();
        }
    }

    private void hint(String host) {
        InUse current = inUse.get(host);
        if (current != null && current.refresher != null) {
            current.refresher.hint();
        }
    }

    /** What a configuration needs to be learned of its servers is learned from now on. */
    private InUse startUsing(DestinationConfig config) {
        CommandReplyReader commands = new CommandReplyReader(vertx, control, config, reply -> {
            CommandTable table = CommandReply.extend(CommandTable.builtIn(), reply);
            loops.forEach(loop -> loop.use(config, table));
        });
        listener.reconfigured(config.host(), config.mode());
        if (config.mode() == Mode.PROXY) {
            commands.start();
            heard(config.host());
        }
        return new InUse(
                config,
                commands,
                new ServerProbe(vertx, control, config, System::nanoTime),
                config.mode() == Mode.PROXY ? null : refresher(config, commands));
    }

    /** Its topology first, which clients wait for; what commands there are costs a start several times as much. */
    private TopologyRefresher refresher(DestinationConfig config, CommandReplyReader commands) {
        TopologyRefresher refresher = new TopologyRefresher(
                vertx,
                control,
                config,
                topology -> {
                    loops.forEach(loop -> loop.use(config, topology));
                    listener.topologyChanged(
                            config.host(),
                            topology.shards().size(),
                            topology.nodes().size());
                    heard(config.host());
                    commands.start();
                },
                cause -> {
                    listener.topologyFailed(config.host(), cause);
                    heard(config.host());
                },
                () -> traffic(config.host()).commands());
        refresher.start();
        return refresher;
    }

    /**
     * A configuration in use.
     *
     * @param probe asks its server where there is no refresher
     * @param refresher keeps the topology; null where there is none to keep
     */
    private record InUse(
            DestinationConfig config,
            CommandReplyReader commands,
            ServerProbe probe,
            @Nullable TopologyRefresher refresher) {

        Future<ServerState> servers() {
            return refresher == null ? probe.state() : Future.succeededFuture(refresher.state());
        }

        void close() {
            commands.close();
            if (refresher != null) {
                refresher.close();
            }
        }
    }
}
