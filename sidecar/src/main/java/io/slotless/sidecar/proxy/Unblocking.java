package io.slotless.sidecar.proxy;

/** What a client that is unblocked by another one gets (Redis documentation, CLIENT UNBLOCK). */
enum Unblocking {
    /** What it would get when its time were over. */
    BY_TIMEOUT,
    BY_ERROR
}
