package io.slotless.webhook.status;

import io.slotless.api.status.HostStatus;

/** What came of asking a sidecar about a host. */
sealed interface SidecarAnswer {

    /** {@code namespace/name} of the pod. */
    String pod();

    /** It answered. Whether that is true is another question. */
    record Told(String pod, HostStatus status) implements SidecarAnswer {}

    /**
     * It did not, or what came is no answer.
     *
     * @param why for people
     */
    record Silent(String pod, String why) implements SidecarAnswer {}
}
