package io.slotless.sidecar.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.slotless.api.SlotlessNames;
import io.slotless.api.status.HostStatus;
import io.slotless.api.status.SidecarStatus;
import io.slotless.sidecar.proxy.RedisProxy;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers on the management port where each host stands. Costs something only when it is asked. */
@Singleton
final class StatusRoute {

    private final Instance<Sidecar> sidecar;
    private final RedisProxy proxy;
    private final String version;
    private final ObjectMapper mapper = new ObjectMapper();
    private final HostStatusWriter writer = new HostStatusWriter(InstantSource.system());

    /** @param sidecar made only when the settings are known to be good */
    StatusRoute(
            Instance<Sidecar> sidecar,
            RedisProxy proxy,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.sidecar = sidecar;
        this.proxy = proxy;
        this.version = version;
    }

    void register(@Observes ManagementInterface management) {
        // The state of the hosts is behind a lock.
        management.router().get(SlotlessNames.SIDECAR_STATUS_PATH).blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext request) {
        List<Future<HostStatus>> hosts =
                sidecar.get().report().stream().map(this::status).toList();
        Future.all(hosts)
                .map(all -> json(new SidecarStatus(version, all.list())))
                .onSuccess(json -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(json))
                .onFailure(request::fail);
    }

    private Future<HostStatus> status(HostReport report) {
        return proxy.servers(report.host().host()).map(servers -> writer.write(report, servers));
    }

    private String json(SidecarStatus status) {
        try {
            return mapper.writeValueAsString(status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + status, e);
        }
    }
}
