package io.slotless.sidecar.destination;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validated, immutable configuration of one destination. A change of the RedisDestination or of its Secret makes a
 * new one; sessions move to it at their next safe point.
 *
 * @param host the Redis host as the application knows it, in full
 * @param mode the deployment mode
 * @param presentAs what the sidecar pretends to be
 * @param seeds where to start: in {@link Mode#PROXY} the one server (more are alternatives for it), in
 *     {@link Mode#CLUSTER} the nodes asked for the topology; never empty
 * @param credentials used upstream for clients that did not authenticate themselves; null for none
 * @param tls how to speak TLS upstream; empty for plain TCP
 * @param tcp connection settings
 * @param operationTimeout how long a command may wait for its reply, retries included
 */
public record DestinationConfig(
        String host,
        Mode mode,
        PresentAs presentAs,
        List<Endpoint> seeds,
        @Nullable Credentials credentials,
        Optional<Tls> tls,
        Tcp tcp,
        Duration operationTimeout) {

    /** As in Aeraki and Envoy. */
    public static final Duration DEFAULT_OPERATION_TIMEOUT = Duration.ofSeconds(60);

    public DestinationConfig {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("destination " + host + " needs at least one endpoint");
        }
    }

    /** What passes everything through to one server: the configuration of a host without a RedisDestination. */
    public static DestinationConfig passThrough(String host, Endpoint server) {
        return new DestinationConfig(
                host,
                Mode.PROXY,
                PresentAs.STANDALONE,
                List.of(server),
                null,
                Optional.empty(),
                Tcp.DEFAULT,
                DEFAULT_OPERATION_TIMEOUT);
    }

    /** What the sidecar pretends to be. */
    public enum PresentAs {
        STANDALONE,
        CLUSTER
    }

    /**
     * TCP settings.
     *
     * @param connectTimeout how long one attempt to connect may take
     * @param maxConnections the most connections to one node from this sidecar; at least 1
     * @param keepalive empty: the operating system's
     */
    public record Tcp(Duration connectTimeout, int maxConnections, Optional<Keepalive> keepalive) {
        /** Aeraki's defaults. */
        public static final Tcp DEFAULT = new Tcp(Duration.ofSeconds(10), Integer.MAX_VALUE, Optional.empty());
    }

    /**
     * TCP keepalive; a value of 0 leaves the operating system's.
     *
     * @param probes unanswered probes before the connection is given up
     * @param time idle time before the first probe
     * @param interval time between probes
     */
    public record Keepalive(int probes, Duration time, Duration interval) {}

    /**
     * TLS to the server.
     *
     * @param sni server name to send and to verify; null: the host connected to
     * @param caPem certificates to trust, PEM; null: the JVM's trust store
     * @param certificatePem client certificate chain, PEM; null: none
     * @param keyPem client key, PEM; null: none
     * @param insecureSkipVerify accept any certificate
     */
    public record Tls(
            @Nullable String sni,
            @Nullable String caPem,
            @Nullable String certificatePem,
            @Nullable String keyPem,
            boolean insecureSkipVerify) {

        @Override
        public String toString() {
            return "Tls[sni=" + sni + ", client certificate=" + (certificatePem != null) + "]";
        }
    }
}
