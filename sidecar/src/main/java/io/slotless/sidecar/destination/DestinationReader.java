package io.slotless.sidecar.destination;

import io.slotless.api.v1alpha1.DestinationSnapshot;
import io.slotless.api.v1alpha1.DiscoveryEndpoint;
import io.slotless.api.v1alpha1.GoDuration;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.TcpKeepalive;
import io.slotless.api.v1alpha1.TcpSettings;
import io.slotless.api.v1alpha1.Validation;
import io.slotless.sidecar.destination.DestinationConfig.Keepalive;
import io.slotless.sidecar.destination.DestinationConfig.PresentAs;
import io.slotless.sidecar.destination.DestinationConfig.Tcp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a RedisDestination and the Secrets it names into a configuration, or says why that cannot be. */
public final class DestinationReader {

    private DestinationReader() {}

    /**
     * Reads a copy of a RedisDestination that was made {@linkplain DestinationSnapshot#withoutSecrets without secrets}:
     * it waits for what was withheld.
     *
     * @param copy its spec; null where it has none
     */
    public static Reading readCopy(RedisHost host, @Nullable RedisDestinationSpec copy, SecretLookup secrets) {
        return RedisDestinations.isPasswordWithheld(copy)
                ? new Reading.Waiting("the password of auth.plain, which only the RedisDestination itself holds")
                : read(host, copy, secrets);
    }

    /**
     * Reads a RedisDestination for a host.
     *
     * <p>A mistake never weakens anything: credentials or certificates that are asked for and cannot be had make the
     * whole object {@linkplain Reading.Invalid invalid}, or {@linkplain Reading.Waiting waiting} if they may just be
     * late.
     *
     * @param spec what the RedisDestination says; null where it says nothing
     * @param secrets the Secrets of its namespace
     */
    public static Reading read(RedisHost host, @Nullable RedisDestinationSpec spec, SecretLookup secrets) {
        List<String> problems = Validation.problems(spec);
        if (!problems.isEmpty()) {
            return new Reading.Invalid(problems);
        }
        SecretReader secretReader = new SecretReader(secrets);
        Optional<Credentials> credentials = secretReader.credentials(spec);
        Optional<DestinationConfig.Tls> tls = secretReader.tls(spec);
        return secretReader.obstacle().orElseGet(() -> new Reading.Valid(config(host, spec, credentials, tls)));
    }

    private static DestinationConfig config(
            RedisHost host,
            @Nullable RedisDestinationSpec spec,
            Optional<Credentials> credentials,
            Optional<DestinationConfig.Tls> tls) {
        Optional<RedisSettings> redis = RedisDestinations.redis(spec);
        Mode mode =
                redis.map(RedisSettings::mode).filter(RedisMode.CLUSTER::equals).isPresent()
                        ? Mode.CLUSTER
                        : Mode.PROXY;
        boolean presentsCluster = redis.map(RedisSettings::presentAs)
                .filter(io.slotless.api.v1alpha1.PresentAs.CLUSTER::equals)
                .isPresent();
        List<String> discovery = mode == Mode.CLUSTER
                ? redis.map(RedisSettings::discoveryEndpoints).orElse(List.of())
                : List.of();
        return new DestinationConfig(
                host.name(),
                mode,
                presentsCluster ? PresentAs.CLUSTER : PresentAs.STANDALONE,
                seeds(upstream(host, spec), discovery),
                credentials.orElse(null),
                tls,
                RedisDestinations.tcp(spec).map(DestinationReader::tcp).orElse(Tcp.DEFAULT),
                DestinationConfig.DEFAULT_OPERATION_TIMEOUT);
    }

    private static Endpoint upstream(RedisHost host, @Nullable RedisDestinationSpec spec) {
        Integer port = spec == null ? null : spec.port();
        return port == null ? host.upstream() : new Endpoint(host.upstream().host(), port);
    }

    private static List<Endpoint> seeds(Endpoint upstream, List<String> discovery) {
        if (discovery.isEmpty()) {
            return List.of(upstream);
        }
        return discovery.stream()
                .map(DiscoveryEndpoint::parse)
                .map(seed -> new Endpoint(seed.host(), seed.port() == null ? upstream.port() : seed.port()))
                .distinct()
                .toList();
    }

    private static Tcp tcp(TcpSettings tcp) {
        Integer maxConnections = tcp.maxConnections();
        return new Tcp(
                duration(tcp.connectTimeout()).orElse(Tcp.DEFAULT.connectTimeout()),
                maxConnections == null || maxConnections <= 0 ? Tcp.DEFAULT.maxConnections() : maxConnections,
                Optional.ofNullable(tcp.tcpKeepalive()).map(DestinationReader::keepalive));
    }

    private static Keepalive keepalive(TcpKeepalive keepalive) {
        return new Keepalive(
                keepalive.probes() == null ? 0 : keepalive.probes(),
                duration(keepalive.time()).orElse(Duration.ZERO),
                duration(keepalive.interval()).orElse(Duration.ZERO));
    }

    private static Optional<Duration> duration(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty()).map(GoDuration::parse);
    }
}
