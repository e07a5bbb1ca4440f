package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * TCP keepalive; what is not set is the operating system's.
 *
 * @param probes unanswered probes before a connection is given up
 * @param time idle time before the first probe, as a {@linkplain GoDuration Go duration}
 * @param interval time between probes, as a {@linkplain GoDuration Go duration}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TcpKeepalive(
        @Nullable Integer probes,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String time,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String interval) {}
