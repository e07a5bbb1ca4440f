package io.slotless.sidecar.app;

import io.slotless.sidecar.proxy.ProxySettings;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.proxy.VertxRedisProxy;
import io.slotless.sidecar.telemetry.Metrics;
import io.slotless.sidecar.telemetry.ProxyMetrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A sidecar with everything around it: data path, source, management port. */
final class Running implements AutoCloseable {

    /** Binding a loopback address takes no time at all. */
    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);

    private final SidecarConfig config;
    private final Vertx vertx;
    private final Sidecar sidecar;
    private final HttpServer management;

    private Running(SidecarConfig config, Vertx vertx, Sidecar sidecar, HttpServer management) {
        this.config = config;
        this.vertx = vertx;
        this.sidecar = sidecar;
        this.management = management;
    }

    /** How the data path is made. */
    @FunctionalInterface
    interface ProxyFactory {
        RedisProxy create(Vertx vertx, Context control, SidecarConfig config, ProxyMetrics metrics);
    }

    /**
     * Serves when it returns.
     *
     * @throws ConfigurationException with what the user can mend
     */
    static Running start(SidecarConfig config) {
        return start(config, Running::proxy);
    }

    static Running start(SidecarConfig config, ProxyFactory dataPath) {
        Vertx vertx = VertxFactory.create(config);
        Context control = VertxFactory.control(vertx);
        Metrics metrics = new Metrics();
        ProxyMetrics proxyMetrics = new ProxyMetrics(metrics.registry());
        SidecarEvents events = new SidecarEvents(proxyMetrics);
        RedisProxy proxy = dataPath.create(vertx, control, config, proxyMetrics);
        proxyMetrics.read(proxy);
        Sidecar sidecar = new SidecarFactory(config, control, events).create(proxy);
        // The data path first: an application may be waiting for it.
        await(sidecar.start());
        HttpServer management = await(new ManagementServer(control, sidecar, proxy, metrics)
                .listen(config.management())
                .recover(cause -> Future.failedFuture(new IOException(
                        "cannot listen on " + config.management().address() + ":"
                                + config.management().port() + " for health and metrics: " + cause.getMessage(),
                        cause))));
        SidecarEvents.LOGGER.infof(
                "slotless %s serves %s; health and metrics on %s:%d",
                Version.OF_THIS,
                sidecar.report().stream()
                        .map(host -> host.host().host() + " (" + host + ")")
                        .collect(Collectors.joining(", ")),
                config.management().address(),
                management.actualPort());
        events.started();
        new HeapTrim(vertx, () -> commands(sidecar, proxy)).start();
        return new Running(config, vertx, sidecar, management);
    }

    private static long commands(Sidecar sidecar, RedisProxy proxy) {
        return sidecar.report().stream()
                .mapToLong(host -> proxy.traffic(host.host().host()).commands())
                .sum();
    }

    private static RedisProxy proxy(Vertx vertx, Context control, SidecarConfig config, ProxyMetrics metrics) {
        ProxySettings settings = new ProxySettings(
                config.eventLoops(),
                config.limits().clients(),
                config.limits().outstandingCommands(),
                config.limits().bufferedReplyBytes(),
                config.limits().transactionBytes(),
                config.limits().privateConnections());
        return new VertxRedisProxy(vertx, control, settings, metrics);
    }

    private static <T> T await(Future<T> starting) {
        try {
            return starting.toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException("slotless: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new ConfigurationException("slotless: listening took longer than " + LISTEN_LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("slotless: interrupted while starting", e);
        }
    }

    /** The port of probes and metrics. */
    int managementPort() {
        return management.actualPort();
    }

    /** Lets replies finish, within the limit of the configuration, and ends everything. */
    @Override
    public void close() {
        Duration limit = config.drainLimit();
        try {
            // The data path keeps the limit itself; the extra second is for closing what is left.
            sidecar.stop(limit)
                    .eventually(() -> vertx.close())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limit.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            SidecarEvents.LOGGER.warnf("connections left open: limit=%s reason=%s", limit, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
