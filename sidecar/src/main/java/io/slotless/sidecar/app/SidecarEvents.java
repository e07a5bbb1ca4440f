package io.slotless.sidecar.app;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.kubernetes.DestinationListener;
import io.slotless.sidecar.kubernetes.WatchListener;
import io.slotless.sidecar.telemetry.ProxyMetrics;
import java.util.List;
import org.jboss.logging.Logger;

/** What operators see of destinations: log lines (constant text, then the facts by name) and a metric. */
final class SidecarEvents implements DestinationListener, WatchListener {

    static final Logger LOGGER = Logger.getLogger("io.slotless.sidecar");

    private final ProxyMetrics metrics;
    private volatile Logger.Level configuredLevel = Logger.Level.DEBUG;

    SidecarEvents(ProxyMetrics metrics) {
        this.metrics = metrics;
    }

    /** The line that says what is served has been written: changes are news from now on. */
    void started() {
        configuredLevel = Logger.Level.INFO;
    }

    @Override
    public void configured(BootstrapHost host, DestinationConfig config) {
        metrics.destinationFollowed(host.host());
        LOGGER.logf(
                configuredLevel,
                "destination configured: host=%s listen=%s:%d mode=%s servers=%s",
                host.host(),
                host.listenAddress(),
                host.listenPort(),
                config.mode(),
                config.seeds());
    }

    @Override
    public void settled(BootstrapHost host) {
        metrics.destinationFollowed(host.host());
        LOGGER.infof("RedisDestination in order again, as in force: host=%s", host.host());
    }

    @Override
    public void refused(BootstrapHost host, List<String> problems) {
        metrics.destinationHeldBack(host.host());
        LOGGER.errorf(
                "RedisDestination refused, what was in force stays: host=%s namespace=%s problems=%s",
                host.host(), host.namespace(), problems);
    }

    @Override
    public void waiting(BootstrapHost host, String reason) {
        metrics.destinationHeldBack(host.host());
        LOGGER.warnf("destination waits: host=%s namespace=%s for=%s", host.host(), host.namespace(), reason);
    }

    @Override
    public void failed(String what, String reason) {
        LOGGER.warnf("watch failed, trying again, what was known stays: of=%s reason=%s", what, reason);
    }

    @Override
    public void following(String what) {
        LOGGER.debugf("watch follows: of=%s", what);
    }

    void file(Object file, String problem) {
        LOGGER.errorf("file refused, what it said before stays: file=%s problem=%s", file, problem);
    }

    void local(String object, String problem) {
        LOGGER.errorf("RedisDestination refused: object=%s problem=%s", object, problem);
    }
}
