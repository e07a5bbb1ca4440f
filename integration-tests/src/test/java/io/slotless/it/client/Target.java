package io.slotless.it.client;

import java.net.InetSocketAddress;
import java.util.List;

/** What an application is pointed at. What it sees must not differ. */
enum Target {
    /** The oracle: a suite that fails here is wrong itself. */
    SINGLE("a single Redis"),
    CLUSTER("a cluster, through the sidecar"),
    CLUSTER_AS_CLUSTER("a cluster, through the sidecar with presentAs: CLUSTER"),
    SINGLE_AS_CLUSTER("a single Redis, through the sidecar with presentAs: CLUSTER");

    /** For clients that know nothing of clusters. */
    static final List<Target> PLAIN = List.of(SINGLE, CLUSTER);

    /** For clients that speak to nothing but a cluster. */
    static final List<Target> AS_CLUSTER = List.of(CLUSTER_AS_CLUSTER, SINGLE_AS_CLUSTER);

    private final String description;

    Target(String description) {
        this.description = description;
    }

    InetSocketAddress address() {
        ClientStage stage = ClientStage.shared();
        return switch (this) {
            case SINGLE -> stage.single();
            case CLUSTER -> stage.clusterMode();
            case CLUSTER_AS_CLUSTER -> stage.clusterAsCluster();
            case SINGLE_AS_CLUSTER -> stage.singleAsCluster();
        };
    }

    String host() {
        return address().getHostString();
    }

    int port() {
        return address().getPort();
    }

    @Override
    public String toString() {
        return description;
    }
}
