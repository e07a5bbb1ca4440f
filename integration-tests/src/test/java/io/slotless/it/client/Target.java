package io.slotless.it.client;

import java.net.InetSocketAddress;

/** What an application is pointed at. What it sees must not differ. */
enum Target {
    /** The oracle: a suite that fails here is wrong itself. */
    SINGLE("a single Redis"),
    CLUSTER("a cluster, through the sidecar");

    private final String description;

    Target(String description) {
        this.description = description;
    }

    InetSocketAddress address() {
        ClientStage stage = ClientStage.shared();
        return switch (this) {
            case SINGLE -> stage.single();
            case CLUSTER -> stage.clusterMode();
        };
    }

    @Override
    public String toString() {
        return description;
    }
}
