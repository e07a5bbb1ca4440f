package io.slotless.sidecar.app;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.Reading;
import io.slotless.sidecar.kubernetes.HostState;

/**
 * Where one host stands, for people and probes.
 *
 * @param listens whether it accepts clients
 * @param stopping whether the sidecar is on its way out
 */
record HostReport(BootstrapHost host, HostState state, boolean listens, boolean stopping) {

    /** Whether clients are served. A host with an obstacle is, too, if it had a configuration before. */
    boolean isReady() {
        return listens && !stopping;
    }

    @Override
    public String toString() {
        String address = host.listenAddress() + ":" + host.listenPort();
        return state.config()
                        .map(DestinationConfig::mode)
                        .map(mode -> mode + (listens ? " on " : ", not listening on ") + address)
                        .orElse("not served on " + address)
                + state.obstacle().map(HostReport::words).orElse("");
    }

    private static String words(Reading obstacle) {
        if (obstacle instanceof Reading.Waiting waiting) {
            return "; waits for " + waiting.reason();
        }
        return obstacle instanceof Reading.Invalid invalid
                ? "; RedisDestination refused: " + String.join("; ", invalid.problems())
                : "";
    }
}
