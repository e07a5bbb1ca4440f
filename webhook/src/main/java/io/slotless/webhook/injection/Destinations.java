package io.slotless.webhook.injection;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which RedisDestination counts for a host: for a Service only one of the Service's namespace, for any other host only one of
 * the pod's. So nobody can take over another team's traffic. Of two for one host the older counts.
 */
public record Destinations(Catalogue catalogue, ClusterDns dns) {

    private static final Comparator<Destination> OLDEST_FIRST = Comparator.comparing(
                    Destination::created, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
            .thenComparing(Destination::name);

    /** The namespace whose RedisDestinations count for a host that a pod of this namespace uses. */
    public static String namespace(RedisHost host, String podNamespace) {
        ServiceName service = host.service();
        return service == null ? podNamespace : service.namespace();
    }

    /** The one that counts. */
    public Optional<Destination> find(RedisHost host, String podNamespace) {
        return lasting(namespace(host, podNamespace))
                .filter(destination -> beginsLike(host, destination)
                        && host(destination).filter(host::equals).isPresent())
                .min(OLDEST_FIRST);
    }

    /** Whether it may be for the host: every spelling of one has the same first label. Much sooner known than its meaning. */
    private static boolean beginsLike(RedisHost host, Destination destination) {
        @Nullable
        String written = destination.spec() == null ? null : destination.spec().host();
        int dot = host.fullName().indexOf('.');
        int length = dot < 0 ? host.fullName().length() : dot;
        return written != null && written.regionMatches(true, 0, host.fullName(), 0, length);
    }

    /** The hosts that RedisDestinations of a namespace are for, and count for, by name. */
    List<RedisHost> hosts(String namespace) {
        return lasting(namespace)
                .flatMap(destination -> host(destination).stream())
                .distinct()
                .filter(host -> namespace(host, namespace).equals(namespace)
                        || find(host, namespace).isPresent())
                .sorted(Comparator.comparing(RedisHost::fullName))
                .toList();
    }

    private Stream<Destination> lasting(String namespace) {
        return catalogue.destinations(namespace).stream().filter(destination -> !destination.deleted());
    }

    /** The host that a RedisDestination is for; empty when it does not name one. */
    public Optional<RedisHost> host(Destination destination) {
        @Nullable
        String host = destination.spec() == null ? null : destination.spec().host();
        return host == null ? Optional.empty() : dns.resolve(host, destination.namespace(), catalogue);
    }
}
