package io.slotless.api.bootstrap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The sidecar's start configuration: written by the webhook, read once by the sidecar from
 * {@link io.slotless.api.SlotlessNames#BOOTSTRAP_ENV}. It lets a sidecar serve before, and without, the API server.
 *
 * <p>Unknown fields are ignored, so that an older sidecar starts under a newer webhook; a change that an older sidecar
 * would misread raises {@link #CURRENT_VERSION}.
 *
 * @param version the version of this structure, {@link #CURRENT_VERSION} when written by this release
 * @param clusterDomain the DNS domain of the cluster, usually {@code cluster.local}
 * @param hosts one entry for each Redis host taken over, in the order of their loopback addresses; never empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Bootstrap(int version, String clusterDomain, List<BootstrapHost> hosts) {

    /** The version this release writes and the highest it reads. */
    public static final int CURRENT_VERSION = 1;

    public Bootstrap {
        hosts = List.copyOf(hosts);
    }
}
