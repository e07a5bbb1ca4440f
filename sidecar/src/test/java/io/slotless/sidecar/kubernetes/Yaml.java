package io.slotless.sidecar.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.DestinationSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Objects and texts that many tests use. */
final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    private Yaml() {}

    /** A RedisDestination of namespace {@code redis}. */
    static String destination(String name, String host, String trafficPolicy) {
        return """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: %s
                  namespace: redis
                spec:
                  host: %s
                  trafficPolicy: %s
                """.formatted(name, host, trafficPolicy);
    }

    static String cluster(String name) {
        return destination(name, name + ".redis.svc.cluster.local", "{connectionPool: {redis: {mode: CLUSTER}}}");
    }

    static String withSecret(String name, String secret) {
        return destination(
                name,
                name + ".redis.svc.cluster.local",
                "{connectionPool: {redis: {auth: {secret: {name: " + secret + "}}}}}");
    }

    static String secret(String name, String password) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: redis
                stringData:
                  password: %s
                """.formatted(name, password);
    }

    static DestinationSnapshot parse(String yaml) {
        try {
            return MAPPER.readValue(yaml, DestinationSnapshot.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A host that the webhook found without a RedisDestination. */
    static BootstrapHost host(String name) {
        String full = name + ".redis.svc.cluster.local";
        return new BootstrapHost(full, "127.0.0.1", 6379, full, 6379, "redis", null);
    }

    static BootstrapHost host(String name, DestinationSnapshot snapshot) {
        BootstrapHost host = host(name);
        return new BootstrapHost(
                host.host(), host.listenAddress(), host.listenPort(), host.upstreamHost(), 6379, "redis", snapshot);
    }
}
