package io.slotless.sidecar.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.status.SidecarStatus;
import io.slotless.api.v1alpha1.RedisMode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusJsonTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Test
    void isWhatJacksonWrites() throws IOException {
        SidecarStatus status = new SidecarStatus(
                "1.0",
                List.of(
                        new HostStatus(
                                "redis",
                                new DestinationVersion("ns", "name", "uid", 7L),
                                RedisMode.CLUSTER,
                                3,
                                6,
                                true,
                                "Serving",
                                "Redis \"answers\"",
                                "2026-01-01T00:00:00Z"),
                        new HostStatus("other", null, null, 0, 0, false, "Waiting", "waits", null),
                        new HostStatus(
                                "file",
                                new DestinationVersion("ns", "name", null, null),
                                null,
                                0,
                                0,
                                false,
                                null,
                                null,
                                null)));
        assertThat(StatusJson.of(status).encode()).isEqualTo(JACKSON.writeValueAsString(status));
        assertThat(JACKSON.readValue(StatusJson.of(status).encode(), SidecarStatus.class))
                .isEqualTo(status);
    }
}
