package io.slotless.sidecar.app;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Ready, and started, when every host accepts clients; that takes a configuration, from the bootstrap's copy, the API
 * server or the folder. Whether Redis answers is no question here: the sidecar's restart would not help.
 */
@Readiness
@Startup
@Singleton
final class HostsHealth implements HealthCheck {

    private final Sidecar sidecar;

    HostsHealth(Sidecar sidecar) {
        this.sidecar = sidecar;
    }

    @Override
    public HealthCheckResponse call() {
        List<HostReport> hosts = sidecar.report();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("redis-hosts");
        hosts.forEach(host -> response.withData(host.host().host(), host.toString()));
        return response.status(!hosts.isEmpty() && hosts.stream().allMatch(HostReport::isReady))
                .build();
    }
}
