package io.slotless.sidecar.destination;

/** The deployment mode of the Redis behind a destination. */
public enum Mode {
    /** One server; whatever it says passes untouched. */
    PROXY,
    /** A Redis Cluster, hidden from the client. */
    CLUSTER
}
