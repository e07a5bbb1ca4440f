package io.slotless.benchmark.system;

/** What is behind the address that a client speaks to. */
public enum Mode {
    /** A single Redis itself. */
    DIRECT,
    /** A proxy in front of a single Redis. */
    PROXY,
    /** A proxy in front of a cluster. */
    CLUSTER
}
