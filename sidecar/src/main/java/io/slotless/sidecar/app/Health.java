package io.slotless.sidecar.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What probes are told, in the format of MicroProfile Health (section "Protocol and wire format").
 *
 * @param isUp whether the answer is 200 or 503
 */
record Health(boolean isUp, JsonObject body) {

    /** The process answers: there is nothing else that a restart would mend. */
    static Health live() {
        return of(true, new JsonArray());
    }

    /**
     * Ready, and started, when every host accepts clients; that takes a configuration, from the bootstrap's copy, the API server
     * or the folder. Whether Redis answers is no question here: the sidecar's restart would not help.
     */
    static Health ready(List<HostReport> hosts) {
        boolean isUp = !hosts.isEmpty() && hosts.stream().allMatch(HostReport::isReady);
        JsonObject data = new JsonObject();
        hosts.forEach(host -> data.put(host.host().host(), host.toString()));
        return of(
                isUp,
                new JsonArray()
                        .add(new JsonObject()
                                .put("name", "redis-hosts")
                                .put("status", status(isUp))
                                .put("data", data)));
    }

    private static Health of(boolean isUp, JsonArray checks) {
        return new Health(isUp, new JsonObject().put("status", status(isUp)).put("checks", checks));
    }

    private static String status(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }
}
