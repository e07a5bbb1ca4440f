package io.slotless.sidecar.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.slotless.sidecar.proxy.ProxySettings;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.proxy.VertxRedisProxy;
import io.slotless.sidecar.telemetry.ProxyMetrics;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the data path together. */
@Singleton
final class ProxyProducer {

    @Produces
    @Singleton
    ProxyMetrics metrics(MeterRegistry registry) {
        return new ProxyMetrics(registry);
    }

    @Produces
    @Singleton
    @DefaultBean
    RedisProxy proxy(Vertx vertx, SidecarConfig config, ProxyMetrics metrics) {
        ProxySettings settings = new ProxySettings(
                config.eventLoops(),
                config.limits().clients(),
                config.limits().outstandingCommands(),
                config.limits().bufferedReplyBytes(),
                config.limits().transactionBytes(),
                config.limits().privateConnections());
        RedisProxy proxy = new VertxRedisProxy(vertx, settings, metrics);
        metrics.read(proxy);
        return proxy;
    }
}
