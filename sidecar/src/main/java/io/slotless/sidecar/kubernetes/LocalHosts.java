package io.slotless.sidecar.kubernetes;

import io.slotless.api.SlotlessNames;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.DiscoveryEndpoint;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.Validation;
import io.slotless.sidecar.destination.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * The hosts of a sidecar without a bootstrap: one for each RedisDestination of a folder. A host stays once it is there:
 * without its RedisDestination it is passed through, as in a cluster.
 */
public final class LocalHosts {

    /** Annotation: the address and port, or only the port, on which to listen for this RedisDestination. */
    public static final String LISTEN = SlotlessNames.PREFIX + "listen";

    private static final int REDIS_PORT = 6379;

    private final String address;
    private final BiConsumer<String, String> problem;
    private final Map<String, BootstrapHost> hosts = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    /**
     * No hosts yet.
     *
     * @param address listened on where the annotation names none
     * @param problem told of each RedisDestination that makes no host, once
     */
    public LocalHosts(String address, BiConsumer<String, String> problem) {
        this.address = address;
        this.problem = problem;
    }

    /** All hosts so far, those of {@code destinations} among them. */
    public synchronized List<BootstrapHost> with(List<DestinationObject> destinations) {
        destinations.forEach(this::add);
        return List.copyOf(hosts.values());
    }

    private void add(DestinationObject object) {
        String host = object.host();
        if (host != null && hosts.containsKey(host)) {
            return;
        }
        if (object instanceof DestinationObject.Malformed malformed) {
            report(object, malformed.problem());
        } else if (object instanceof DestinationObject.Decoded decoded) {
            List<String> invalid = Validation.problems(decoded.destination().spec());
            if (invalid.isEmpty()) {
                add(decoded);
            } else {
                report(object, String.join("; ", invalid));
            }
        }
    }

    private void add(DestinationObject.Decoded object) {
        RedisDestinationSpec spec = Objects.requireNonNull(object.destination().spec());
        String host = String.valueOf(spec.host());
        int port = spec.port() == null ? REDIS_PORT : spec.port();
        try {
            Endpoint listen = listen(object, port);
            for (BootstrapHost other : hosts.values()) {
                if (other.listenPort() == listen.port() && other.listenAddress().equals(listen.host())) {
                    throw new IllegalArgumentException(listen + " already serves " + other.host()
                            + "; give one of them another port with the annotation " + LISTEN);
                }
            }
            String namespace = object.metadata().namespace();
            hosts.put(host, new BootstrapHost(host, listen.host(), listen.port(), host, port, namespace, null));
        } catch (IllegalArgumentException e) {
            report(object, String.valueOf(e.getMessage()));
        }
    }

    private Endpoint listen(DestinationObject object, int port) {
        String listen = object.metadata().annotations().get(LISTEN);
        if (listen == null) {
            return new Endpoint(address, port);
        }
        if (listen.matches("[0-9]{1,5}")) {
            return new Endpoint(address, Integer.parseInt(listen));
        }
        DiscoveryEndpoint given = DiscoveryEndpoint.parse(listen);
        return new Endpoint(given.host(), given.port() == null ? port : given.port());
    }

    private void report(DestinationObject object, String text) {
        if (!text.equals(problems.put(object.title(), text))) {
            problem.accept(object.title(), text);
        }
    }
}
