package io.slotless.api.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sidecar answers to {@code GET} {@value io.slotless.api.SlotlessNames#SIDECAR_STATUS_PATH}. No secrets.
 *
 * <p>Unknown fields are ignored: sidecars are older or newer than who asks them.
 *
 * @param version of the sidecar
 * @param hosts one entry for each Redis host that it takes over
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SidecarStatus(
        @Nullable String version,
        @JsonSetter(contentNulls = Nulls.SKIP) List<HostStatus> hosts) {
    public SidecarStatus {
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
    }
}
