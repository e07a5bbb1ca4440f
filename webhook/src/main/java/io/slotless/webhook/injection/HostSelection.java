package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Redis hosts of one pod are taken over, at which loopback addresses and ports. */
final class HostSelection {

    private final Pod pod;
    private final Catalogue catalogue;
    private final ClusterDns dns;
    private final Destinations destinations;

    HostSelection(Pod pod, Catalogue catalogue, ClusterDns dns) {
        this.pod = pod;
        this.catalogue = catalogue;
        this.dns = dns;
        this.destinations = new Destinations(catalogue, dns);
    }

    /**
     * The ports wanted of each host, in the order of their loopback addresses; an empty port is the destination's.
     *
     * @throws InvalidAnnotationException if the hosts annotation cannot be read
     */
    Map<RedisHost, Set<OptionalInt>> wanted() throws InvalidAnnotationException {
        Map<RedisHost, Set<OptionalInt>> wanted = new LinkedHashMap<>();
        Optional<String> annotation = pod.annotation(SlotlessNames.HOSTS);
        if (annotation.isPresent()) {
            for (RequestedHost requested : RequestedHost.parse(annotation.get())) {
                dns.resolve(requested.name(), pod.namespace(), catalogue)
                        .ifPresent(host -> wanted.computeIfAbsent(host, key -> new LinkedHashSet<>())
                                .add(requested.port()));
            }
        } else {
            Stream.concat(destinations.hosts(pod.namespace()).stream(), namedByEnv())
                    .forEach(host -> wanted.put(host, Set.of(OptionalInt.empty())));
        }
        return wanted;
    }

    private Stream<RedisHost> namedByEnv() {
        return EnvValues.of(pod).stream()
                .flatMap(env -> HostReferences.plain(env.value()).stream())
                .flatMap(reference -> dns.resolve(reference.host(), pod.namespace(), catalogue).stream())
                .filter(host -> destinations.find(host, pod.namespace()).isPresent());
    }

    /** The hosts that the application itself speaks TLS to, by env values or command lines. */
    Set<RedisHost> spokenToByTls() {
        Set<RedisHost> hosts = new HashSet<>();
        Stream.concat(EnvValues.of(pod).stream().map(EnvValues.Literal::value), EnvValues.commandLines(pod))
                .flatMap(text -> HostReferences.tls(text).stream())
                .forEach(reference -> dns.resolve(reference.host(), pod.namespace(), catalogue)
                        .ifPresent(hosts::add));
        return hosts;
    }

    Optional<Service> service(RedisHost host) {
        return Optional.ofNullable(host.service()).flatMap(catalogue::service);
    }

    /** Gives each host the next loopback address. */
    List<TakenHost> take(Map<RedisHost, Set<OptionalInt>> wanted) {
        List<TakenHost> taken = new ArrayList<>();
        int number = 1;
        for (Map.Entry<RedisHost, Set<OptionalInt>> entry : wanted.entrySet()) {
            String address = "127.0.0." + number++;
            entry.getValue().stream()
                    .map(port -> take(entry.getKey(), port, address))
                    .filter(host -> taken.stream().noneMatch(other -> sameSocket(host, other)))
                    .forEach(taken::add);
        }
        return taken;
    }

    private static boolean sameSocket(TakenHost host, TakenHost other) {
        return host.address().equals(other.address()) && host.listenPort() == other.listenPort();
    }

    private TakenHost take(RedisHost host, OptionalInt asked, String address) {
        @Nullable
        Destination destination = destinations.find(host, pod.namespace()).orElse(null);
        OptionalInt specified = specifiedPort(destination);
        Optional<Service> service = service(host);
        OptionalInt ofService = service.map(RedisPort::of).orElseGet(OptionalInt::empty);
        int listen = first(asked, specified, ofService, OptionalInt.of(RedisPort.DEFAULT));
        // A port that the Service has is the one the application means, even where Redis's usual one is another.
        OptionalInt askedOfService =
                asked.isPresent() && service.isPresent() && RedisPort.has(service.get(), asked.getAsInt())
                        ? asked
                        : OptionalInt.empty();
        int upstream = first(specified, askedOfService, ofService, OptionalInt.of(listen));
        return new TakenHost(
                host,
                dns.spellings(host, pod.namespace()),
                address,
                listen,
                upstream,
                Destinations.namespace(host, pod.namespace()),
                destination);
    }

    private static OptionalInt specifiedPort(@Nullable Destination destination) {
        Integer port = destination == null || destination.spec() == null
                ? null
                : destination.spec().port();
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    private static int first(OptionalInt... ports) {
        return Stream.of(ports)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElseThrow()
                .getAsInt();
    }
}
