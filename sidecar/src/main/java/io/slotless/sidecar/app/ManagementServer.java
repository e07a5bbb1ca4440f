package io.slotless.sidecar.app;

import io.slotless.api.SlotlessNames;
import io.slotless.api.status.HostStatus;
import io.slotless.api.status.SidecarStatus;
import io.slotless.sidecar.proxy.RedisProxy;
import io.slotless.sidecar.telemetry.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Answers a kubelet's probes, Prometheus, and who asks where each host stands. Costs something only when it is asked. */
final class ManagementServer {

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;

    private final Context control;
    private final Sidecar sidecar;
    private final RedisProxy proxy;
    private final Metrics metrics;
    private final HostStatusWriter writer = new HostStatusWriter(InstantSource.system());

    ManagementServer(Context control, Sidecar sidecar, RedisProxy proxy, Metrics metrics) {
        this.control = control;
        this.sidecar = sidecar;
        this.proxy = proxy;
        this.metrics = metrics;
    }

    /** @return fails if the address is taken */
    Future<HttpServer> listen(SidecarConfig.Management where) {
        Promise<HttpServer> listening = Promise.promise();
        control.runOnContext(ignored -> server(where).listen().onComplete(listening));
        return listening.future();
    }

    private HttpServer server(SidecarConfig.Management where) {
        return control.owner()
                .createHttpServer(new HttpServerOptions()
                        .setHost(where.address())
                        .setPort(where.port())
                        // Neither kubelets nor Prometheus speak HTTP/2 without TLS, and its classes take a megabyte.
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(this::answer);
    }

    private void answer(HttpServerRequest request) {
        if (!METHODS.contains(request.method())) {
            request.response()
                    .setStatusCode(NOT_ALLOWED)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .end();
            return;
        }
        switch (request.path()) {
            case "/q/health/live" -> health(request, Health.live());
            case "/q/health", "/q/health/ready", "/q/health/started" -> ready(request);
            case "/q/metrics" -> scrape(request);
            case SlotlessNames.SIDECAR_STATUS_PATH -> status(request);
            default -> request.response().setStatusCode(NOT_FOUND).end();
        }
    }

    private void ready(HttpServerRequest request) {
        reports().onSuccess(hosts -> health(request, Health.ready(hosts))).onFailure(cause -> fail(request, cause));
    }

    private static void health(HttpServerRequest request, Health health) {
        request.response().setStatusCode(health.isUp() ? OK : UNAVAILABLE);
        end(request, JSON, health.body().encode());
    }

    private void scrape(HttpServerRequest request) {
        String format = Metrics.format(request.getHeader(HttpHeaders.ACCEPT));
        control.owner()
                .executeBlocking(() -> metrics.scrape(format), false)
                .onSuccess(text -> end(request, format, text))
                .onFailure(cause -> fail(request, cause));
    }

    private void status(HttpServerRequest request) {
        reports()
                .compose(hosts -> Future.all(hosts.stream().map(this::status).toList()))
                .map(all -> StatusJson.of(new SidecarStatus(Version.OF_THIS, all.list()))
                        .encode())
                .onSuccess(json -> end(request, JSON, json))
                .onFailure(cause -> fail(request, cause));
    }

    private Future<HostStatus> status(HostReport report) {
        return proxy.servers(report.host().host()).map(servers -> writer.write(report, servers));
    }

    /** The state of the hosts is behind a lock. */
    private Future<List<HostReport>> reports() {
        return control.owner().executeBlocking(sidecar::report, false);
    }

    private static void end(HttpServerRequest request, String type, String body) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }

    private static void fail(HttpServerRequest request, Throwable cause) {
        SidecarEvents.LOGGER.errorf(cause, "no answer to %s", request.path());
        request.response().setStatusCode(FAILED).end();
    }
}
