package io.slotless.sidecar.app;

import io.slotless.api.status.DestinationVersion;
import io.slotless.api.status.HostStatus;
import io.slotless.api.status.SidecarStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A status as the webhook reads it: what is not known is left out. */
final class StatusJson {

    private StatusJson() {}

    static JsonObject of(SidecarStatus status) {
        JsonArray hosts = new JsonArray();
        status.hosts().forEach(host -> hosts.add(host(host)));
        return with(new JsonObject(), "version", status.version()).put("hosts", hosts);
    }

    private static JsonObject host(HostStatus status) {
        JsonObject host = new JsonObject();
        with(host, "host", status.host());
        with(host, "destination", version(status.destination()));
        with(host, "mode", status.mode() == null ? null : status.mode().name());
        host.put("shards", status.shards()).put("nodes", status.nodes()).put("ready", status.ready());
        with(host, "reason", status.reason());
        with(host, "message", status.message());
        return with(host, "since", status.since());
    }

    private static @Nullable JsonObject version(@Nullable DestinationVersion destination) {
        if (destination == null) {
            return null;
        }
        JsonObject version = new JsonObject();
        with(version, "namespace", destination.namespace());
        with(version, "name", destination.name());
        with(version, "uid", destination.uid());
        return with(version, "generation", destination.generation());
    }

    private static JsonObject with(JsonObject object, String name, @Nullable Object value) {
        return value == null ? object : object.put(name, value);
    }
}
