package io.slotless.sidecar.app;

import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.proxy.Listen;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.proxy.Traffic;
import io.slotless.sidecar.upstream.ServerState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A data path without data: keeps what it is told, one short line each. */
class RecordingProxy implements RedisProxy {

    final List<String> calls = new CopyOnWriteArrayList<>();

    /** What a call to listen on such an address gives; success for others. */
    final Map<String, Future<Void>> outcomes = new ConcurrentHashMap<>();

    /** What the servers of every host say. */
    volatile ServerState servers = new ServerState.Unknown();

    @Override
    public Future<Void> listen(Listen where, DestinationConfig initial) {
        calls.add("listen " + where + " " + text(initial));
        return outcomes.getOrDefault(where.toString(), Future.succeededFuture());
    }

    @Override
    public void reconfigure(DestinationConfig config) {
        calls.add("reconfigure " + text(config));
    }

    @Override
    public Future<Void> drain(Duration limit) {
        calls.add("drain " + limit);
        return Future.succeededFuture();
    }

    @Override
    public Future<ServerState> servers(String host) {
        return Future.succeededFuture(servers);
    }

    @Override
    public Future<Void> heard(Duration limit) {
        return Future.succeededFuture();
    }

    @Override
    public Traffic traffic(String host) {
        return Traffic.NONE;
    }

    private static String text(DestinationConfig config) {
        return config.host().replaceAll("\\..*", "") + " " + config.mode();
    }
}
