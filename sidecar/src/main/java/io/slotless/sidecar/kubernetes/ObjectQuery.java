package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.ApiNames;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Objects of one kind and one namespace, as an API server is asked for them
 * (kubernetes.io/docs/reference/using-api/api-concepts).
 *
 * @param title for people
 * @param path of the collection
 * @param selector a parameter that says which of them, with its {@code &}; empty for all
 */
record ObjectQuery(String title, String path, String selector) {

    static ObjectQuery redisDestinations(String namespace) {
        return new ObjectQuery(
                "RedisDestinations of namespace " + namespace,
                "/apis/" + ApiNames.API_VERSION + "/namespaces/" + namespace + "/" + ApiNames.REDIS_DESTINATIONS,
                "");
    }

    static ObjectQuery secret(String namespace, String name) {
        return new ObjectQuery(
                "Secret " + namespace + "/" + name,
                "/api/v1/namespaces/" + namespace + "/secrets",
                "fieldSelector=" + URLEncoder.encode("metadata.name=" + name, StandardCharsets.UTF_8) + "&");
    }

    /**
     * Not older than {@code version}.
     *
     * @param version 0 for any, empty for the newest
     */
    String list(String version) {
        return path + "?" + selector + "resourceVersion=" + version;
    }

    /** What happened after {@code version}, until the server has enough of it. */
    String watch(String version) {
        return path + "?" + selector + "allowWatchBookmarks=true&resourceVersion=" + version + "&watch=true";
    }
}
