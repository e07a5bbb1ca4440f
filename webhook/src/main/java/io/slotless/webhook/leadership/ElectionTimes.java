package io.slotless.webhook.leadership;

import java.time.Duration;

/**
 * How long a lead lasts.
 *
 * @param lease after which a silent leader is no longer one for the others
 * @param renewDeadline after which a leader that could not renew gives up
 * @param retry the pause between two attempts
 */
public record ElectionTimes(Duration lease, Duration renewDeadline, Duration retry) {

    /** Those of client-go, which Kubernetes's own components use (k8s.io/component-base, LeaderElectionConfiguration). */
    public static final ElectionTimes USUAL =
            new ElectionTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
