package io.slotless.benchmark.admission;

import java.time.Instant;
import java.util.UUID;

/** The objects of a cluster with so many RedisDestinations, as JSON: each is the same whenever it is asked for. */
final class FilledCluster {

    /** RedisDestinations of one namespace. */
    static final int PER_NAMESPACE = 20;

    /** What kubectl and the API server note in every object that was applied; some of it, and as long as it usually is. */
    private static final String APPLIED = """
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "%s"}, \
            "managedFields": [{"manager": "kubectl-client-side-apply", "operation": "Update", "apiVersion": "v1", \
            "time": "2026-01-01T00:00:00Z", "fieldsType": "FieldsV1", "fieldsV1": {"f:metadata": {"f:annotations": \
            {".": {}, "f:kubectl.kubernetes.io/last-applied-configuration": {}}, "f:labels": {".": {}, "f:app": {}}}, \
            "f:spec": {"f:host": {}, "f:ports": {".": {}, "k:{\\"port\\":6379}": {".": {}, "f:name": {}, "f:port": {}}}, \
            "f:selector": {}, "f:type": {}}}}]""".formatted("x".repeat(400));

    private FilledCluster() {}

    static int namespaces(int destinations) {
        return (destinations + PER_NAMESPACE - 1) / PER_NAMESPACE;
    }

    /** Of the RedisDestination of that name. */
    static int number(String namespace, String name) {
        return last(namespace) * PER_NAMESPACE + last(name);
    }

    private static int last(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** So many seconds later than the first was created, as Kubernetes writes it. */
    static String time(int seconds) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds).toString();
    }

    private static UUID uid(String kind, int number) {
        return new UUID(kind.hashCode(), number);
    }

    static String namespace(int number) {
        return """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team-%d", "uid": "%s", \
                "resourceVersion": "1", "creationTimestamp": "%s"}, "status": {"phase": "Active"}}""".formatted(number, uid("Namespace", number), time(number));
    }

    static String service(int number) {
        return """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "redis-%d", "namespace": "team-%d", \
                "uid": "%s", "resourceVersion": "1", "creationTimestamp": "%s", "labels": {"app": "redis-%d"}, %s}, \
                "spec": {"clusterIP": "10.%d.%d.%d", "selector": {"app": "redis-%d"}, "type": "ClusterIP", \
                "ports": [{"name": "tcp-redis", "port": 6379, "targetPort": 6379, "protocol": "TCP"}, \
                {"name": "metrics", "port": 9121, "protocol": "TCP"}]}}""".formatted(
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        uid("Service", number),
                        time(number),
                        number,
                        APPLIED,
                        number >> 16,
                        (number >> 8) & 255,
                        number & 255,
                        number);
    }

    /**
     * A RedisDestination.
     *
     * @param version its resourceVersion
     * @param status as JSON
     */
    static String destination(int number, int version, String status) {
        return """
                {"apiVersion": "redis.aeraki.io/v1alpha1", "kind": "RedisDestination", \
                "metadata": {"name": "redis-%d", "namespace": "team-%d", "uid": "%s", "resourceVersion": "%d", \
                "generation": 1, "creationTimestamp": "%s", %s}, \
                "spec": {"host": "redis-%d.team-%d.svc.cluster.local", "trafficPolicy": {"connectionPool": {"redis": \
                {"mode": "CLUSTER", "auth": {"secret": {"name": "redis-%d"}}}}}}, \
                "status": %s}""".formatted(
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        uid("RedisDestination", number),
                        version,
                        time(number),
                        APPLIED,
                        number % PER_NAMESPACE,
                        number / PER_NAMESPACE,
                        number % PER_NAMESPACE,
                        status);
    }
}
