package io.slotless.webhook.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.slotless.api.status.HostStatus;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.crd.v1alpha1.RedisDestinationStatus;
import io.slotless.webhook.injection.Destination;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From facts to a status, by the conventions of Kubernetes
 * (github.com/kubernetes/community, api-conventions, "Typical status properties"): a condition keeps its
 * {@code lastTransitionTime} as long as its {@code status} does not change.
 */
final class StatusRules {

    static final String ACCEPTED = "Accepted";
    static final String READY = "Ready";

    /** A cluster has no more shards than slots; what a pod claims beyond that is no number to repeat. */
    private static final int MOST_SHARDS = 16_384;

    private static final int MOST_NODES = 100_000;

    private StatusRules() {}

    /**
     * The status to write. Equal to the one before when there is nothing new.
     *
     * @param answers of the sidecars that were asked; nobody is where the destination is refused
     * @param before the status as it is
     */
    static RedisDestinationStatus status(
            Destination destination,
            Acceptance acceptance,
            List<SidecarAnswer> answers,
            @Nullable RedisDestinationStatus before,
            Instant now) {
        Long generation = destination.generation();
        Conditions conditions = new Conditions(generation, before, now);
        if (acceptance instanceof Acceptance.Refused refused) {
            return new RedisDestinationStatus(
                    generation,
                    null,
                    null,
                    null,
                    List.of(
                            conditions.of(ACCEPTED, Readiness.FALSE, refused.reason(), refused.message()),
                            conditions.of(READY, Readiness.FALSE, "NotAccepted", "the condition Accepted says why")));
        }
        Readiness readiness = Readiness.of(destination, answers);
        HostStatus served = readiness.served();
        return new RedisDestinationStatus(
                generation,
                mode(destination, served),
                served == null ? null : count(served.shards(), MOST_SHARDS),
                served == null ? null : count(served.nodes(), MOST_NODES),
                List.of(
                        conditions.of(ACCEPTED, Readiness.TRUE, ACCEPTED, "it counts for its host"),
                        conditions.of(READY, readiness.status(), readiness.reason(), readiness.message())));
    }

    /** The condition of that type; null where there is none. */
    static @Nullable Condition condition(@Nullable RedisDestinationStatus status, String type) {
        return status == null
                ? null
                : status.conditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst()
                        .orElse(null);
    }

    /** What the sidecars use; where nobody says so, what they would use. */
    private static RedisMode mode(Destination destination, @Nullable HostStatus served) {
        RedisMode mode = served == null || served.mode() == null
                ? RedisDestinations.redis(destination.spec())
                        .map(RedisSettings::mode)
                        .orElse(RedisMode.PROXY)
                : served.mode();
        return mode == RedisMode.CLUSTER ? RedisMode.CLUSTER : RedisMode.PROXY;
    }

    private static @Nullable Integer count(int claimed, int most) {
        return claimed < 1 || claimed > most ? null : claimed;
    }

    private record Conditions(
            @Nullable Long generation, @Nullable RedisDestinationStatus before, Instant now) {

        Condition of(String type, String status, String reason, String message) {
            Condition old = condition(before, type);
            String since = old != null && status.equals(old.getStatus()) ? old.getLastTransitionTime() : null;
            return new ConditionBuilder()
                    .withType(type)
                    .withStatus(status)
                    .withObservedGeneration(generation)
                    .withReason(reason)
                    .withMessage(message)
                    .withLastTransitionTime(
                            since == null ? now.truncatedTo(ChronoUnit.SECONDS).toString() : since)
                    .build();
        }
    }
}
