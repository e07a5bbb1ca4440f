package io.slotless.webhook.status;

import io.slotless.api.v1alpha1.Validation;
import io.slotless.webhook.injection.Destination;
import io.slotless.webhook.injection.Destinations;
import io.slotless.webhook.injection.RedisHost;
import java.util.List;
import java.util.Optional;

/** Whether a RedisDestination counts for its host. */
sealed interface Acceptance {

    /** It does. */
    record Accepted(RedisHost host) implements Acceptance {}

    /**
     * It does not, whatever sidecars do.
     *
     * @param reason one UpperCamelCase word
     */
    record Refused(String reason, String message) implements Acceptance {}

    /** What the objects of the cluster say. */
    static Acceptance of(Destination destination, Destinations destinations) {
        List<String> problems = Validation.problems(destination.spec());
        if (!problems.isEmpty()) {
            return new Refused("Invalid", String.join("; ", problems));
        }
        Optional<RedisHost> host = destinations.host(destination);
        return host.isPresent()
                ? of(destination, host.get(), destinations)
                : new Refused("Invalid", "spec.host: is not the name of a host");
    }

    private static Acceptance of(Destination destination, RedisHost host, Destinations destinations) {
        String own = destination.namespace();
        String counting = Destinations.namespace(host, own);
        if (!counting.equals(own)) {
            return new Refused(
                    "OtherNamespace",
                    host.fullName() + " is a Service of namespace " + counting
                            + ": only RedisDestinations of that namespace count for it");
        }
        String older = destinations.find(host, own).map(counts -> counts.name()).orElse(destination.name());
        return older.equals(destination.name())
                ? new Accepted(host)
                : new Refused("Conflict", "the older RedisDestination " + older + " is for the same host, and counts");
    }
}
