package io.slotless.sidecar.destination;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Host names as Kubernetes DNS completes them: with the search list of a pod
 * (kubernetes.io/docs/concepts/services-networking/dns-pod-service).
 */
public final class HostNames {

    private HostNames() {}

    /**
     * Every full name that {@code host}, written in {@code namespace}, can stand for: {@code redis} may be
     * {@code redis.<namespace>.svc.<domain>} or a name outside the cluster. A name that ends in a dot is complete.
     *
     * @return lower case, without a final dot, in the order in which DNS would try them
     */
    public static Set<String> readings(String host, String namespace, String clusterDomain) {
        String name = normal(host);
        Set<String> readings = new LinkedHashSet<>();
        if (!host.strip().endsWith(".")) {
            String domain = normal(clusterDomain);
            readings.add(name + "." + namespace + ".svc." + domain);
            readings.add(name + ".svc." + domain);
            readings.add(name + "." + domain);
        }
        readings.add(name);
        return readings;
    }

    /** Whether {@code written}, written in {@code namespace}, can stand for the full name {@code fullName}. */
    public static boolean canMean(String written, String namespace, String clusterDomain, String fullName) {
        return readings(written, namespace, clusterDomain).contains(normal(fullName));
    }

    private static String normal(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
