package io.slotless.demo;

/** The YAML a user writes in the demo. */
final class Manifests {

    private Manifests() {}

    /** What is there before anybody thinks of Slotless. */
    static String services(int port) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: redis
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: redis-cluster
                  namespace: redis
                spec:
                  selector: {app: redis-cluster}
                  ports:
                    - {name: tcp-redis, port: %1$d}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: redis-single
                  namespace: redis
                spec:
                  selector: {app: redis-single}
                  ports:
                    - {name: tcp-redis, port: %1$d}
                """.formatted(port);
    }

    /** The application. Two annotations are all that Slotless asks of it. */
    static String pod(int port) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop
                  namespace: redis
                  labels:
                    app: shop
                  annotations:
                    slotless.io/inject: "true"
                    slotless.io/hosts: redis-cluster, redis-single
                spec:
                  containers:
                    - name: shop
                      image: example.com/shop:1.0
                      env:
                        - name: REDIS_URL
                          value: redis://redis-cluster:%d/0
                """.formatted(port);
    }

    /** Says that the host is a Redis Cluster. */
    static String clusterMode() {
        return destination("redis-cluster", """
                mode: CLUSTER
                """);
    }

    /** Sends the host of the single Redis to the cluster. */
    static String moved(int port) {
        return destination("redis-single", """
                mode: CLUSTER
                discoveryEndpoints:
                  - redis-cluster.redis.svc.cluster.local:%d
                """.formatted(port));
    }

    /** And back. */
    static String back() {
        return destination("redis-single", """
                mode: PROXY
                """);
    }

    /** The RedisDestination of a Service; {@code redis} is what stands under {@code connectionPool.redis}. */
    private static String destination(String service, String redis) {
        return """
                apiVersion: redis.aeraki.io/v1alpha1
                kind: RedisDestination
                metadata:
                  name: %1$s
                  namespace: redis
                spec:
                  host: %1$s.redis.svc.cluster.local
                  trafficPolicy:
                    connectionPool:
                      redis:
                """.formatted(service) + redis.indent(8);
    }
}
