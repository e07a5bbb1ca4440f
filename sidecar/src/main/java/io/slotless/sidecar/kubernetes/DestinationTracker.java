package io.slotless.sidecar.kubernetes;

import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.api.v1alpha1.ObjectMetadata;
import io.slotless.sidecar.destination.DestinationConfig;
import io.slotless.sidecar.destination.DestinationReader;
import io.slotless.sidecar.destination.Endpoint;
import io.slotless.sidecar.destination.Reading;
import io.slotless.sidecar.destination.RedisHost;
import io.slotless.sidecar.destination.SecretLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the configuration of each host in step with its source and tells of changes only.
 *
 * <p>Until the source knows a namespace, the copy of the RedisDestination that came with the host counts. A host that
 * nothing is said about is passed through.
 */
public final class DestinationTracker {

    private final String clusterDomain;
    private final DestinationSource source;
    private final DestinationListener listener;
    private final Map<String, HostState> states = new LinkedHashMap<>();

    public DestinationTracker(String clusterDomain, DestinationSource source, DestinationListener listener) {
        this.clusterDomain = clusterDomain;
        this.source = source;
        this.listener = listener;
    }

    /** Reads anew what the source knows about {@code hosts}; any thread, any time. */
    public synchronized void refresh(List<BootstrapHost> hosts) {
        hosts.forEach(this::refresh);
    }

    /** Where each host stands that was ever refreshed, by {@link BootstrapHost#host()}. */
    public synchronized Map<String, HostState> states() {
        return Map.copyOf(states);
    }

    private void refresh(BootstrapHost host) {
        HostState before = states.getOrDefault(host.host(), HostState.NEW);
        Optional<DestinationObject> object = object(host);
        Optional<ObjectMetadata> metadata = object.map(DestinationObject::metadata);
        Reading reading = read(host, object);
        if (reading instanceof Reading.Valid valid) {
            states.put(host.host(), new HostState(metadata, Optional.of(valid.config()), Optional.empty()));
            if (!before.config().equals(Optional.of(valid.config()))) {
                listener.configured(host, valid.config());
            } else if (before.obstacle().isPresent()) {
                listener.settled(host);
            }
            return;
        }
        states.put(host.host(), new HostState(metadata, before.config(), Optional.of(reading)));
        if (before.obstacle().equals(Optional.of(reading))) {
            return;
        }
        if (reading instanceof Reading.Invalid invalid) {
            listener.refused(host, invalid.problems());
        } else if (reading instanceof Reading.Waiting waiting) {
            listener.waiting(host, waiting.reason());
        }
    }

    /** What counts for the host by now. */
    private Optional<DestinationObject> object(BootstrapHost host) {
        Optional<List<DestinationObject>> known = source.destinations(host.namespace());
        if (known.isEmpty() && host.destination() != null) {
            return Optional.of(new DestinationObject.Copy(host.destination()));
        }
        return DestinationChoice.of(host, clusterDomain, known.orElse(List.of()));
    }

    private Reading read(BootstrapHost host, Optional<DestinationObject> found) {
        RedisHost redis = new RedisHost(host.host(), new Endpoint(host.upstreamHost(), host.upstreamPort()));
        SecretLookup secrets = name -> source.secret(host.namespace(), name);
        DestinationObject object = found.orElse(null);
        if (object instanceof DestinationObject.Decoded decoded) {
            return DestinationReader.read(redis, decoded.destination().spec(), secrets);
        }
        if (object instanceof DestinationObject.Copy copy) {
            return DestinationReader.readCopy(redis, copy.destination().spec(), secrets);
        }
        return object instanceof DestinationObject.Malformed malformed
                ? new Reading.Invalid(List.of(malformed.problem()))
                : new Reading.Valid(DestinationConfig.passThrough(host.host(), redis.upstream()));
    }
}
