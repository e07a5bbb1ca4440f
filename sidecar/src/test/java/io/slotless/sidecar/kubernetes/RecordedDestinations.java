package io.slotless.sidecar.kubernetes;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.destination.DestinationConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a tracker tells, one short line each. */
final class RecordedDestinations implements DestinationListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void configured(BootstrapHost host, DestinationConfig config) {
        Credentials credentials = config.credentials();
        events.add(config.mode() + (credentials == null ? "" : " " + credentials.password()));
    }

    @Override
    public void settled(BootstrapHost host) {
        events.add("settled");
    }

    @Override
    public void refused(BootstrapHost host, List<String> problems) {
        events.add("refused " + String.join("; ", problems));
    }

    @Override
    public void waiting(BootstrapHost host, String reason) {
        events.add("waiting " + reason);
    }
}
