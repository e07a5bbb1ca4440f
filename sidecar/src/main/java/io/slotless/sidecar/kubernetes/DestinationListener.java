package io.slotless.sidecar.kubernetes;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.destination.DestinationConfig;
import java.util.List;

/** Hears what becomes of each host. Called one at a time, in order; must not block. */
public interface DestinationListener {

    /** The host has its first, or another, configuration. */
    void configured(BootstrapHost host, DestinationConfig config);

    /** The last obstacle has gone without a change: what is in force is again what is asked for. */
    void settled(BootstrapHost host);

    /** What is said about the host cannot be used, for a new reason; what was in force stays in force. */
    void refused(BootstrapHost host, List<String> problems);

    /** The host has to wait for something, for a new reason; what was in force stays in force. */
    void waiting(BootstrapHost host, String reason);
}
