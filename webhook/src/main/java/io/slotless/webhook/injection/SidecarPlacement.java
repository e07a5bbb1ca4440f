package io.slotless.webhook.injection;

/** Where the sidecar stands among the pod's containers. */
public enum SidecarPlacement {
    /** First init container with {@code restartPolicy: Always}: before every other container, and after them. */
    NATIVE,
    /** First app container, whose {@code postStart} hook holds back the next ones until it is ready. */
    FIRST_CONTAINER
}
