package io.slotless.webhook.status;

import io.slotless.api.v1alpha1.RedisDestination;
import io.slotless.api.v1alpha1.Validation;
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
    static Acceptance of(RedisDestination destination, Destinations destinations) {
        List<String> problems = Validation.problems(destination);
        if (!problems.isEmpty()) {
            return new Refused("Invalid", String.join("; ", problems));
        }
        Optional<RedisHost> host = destinations.host(destination);
        return host.isPresent()
                ? of(destination, host.get(), destinations)
                : new Refused("Invalid", "spec.host: is not the name of a host");
    }

    private static Acceptance of(RedisDestination destination, RedisHost host, Destinations destinations) {
        String own = destination.getMetadata().getNamespace();
        String counting = Destinations.namespace(host, own);
        if (!counting.equals(own)) {
            return new Refused(
                    "OtherNamespace",
                    host.fullName() + " is a Service of namespace " + counting
                            + ": only RedisDestinations of that namespace count for it");
        }
        String older = destinations
                .find(host, own)
                .map(counts -> counts.getMetadata().getName())
                .orElse(destination.getMetadata().getName());
        return older.equals(destination.getMetadata().getName())
                ? new Accepted(host)
                : new Refused("Conflict", "the older RedisDestination " + older + " is for the same host, and counts");
    }
}
