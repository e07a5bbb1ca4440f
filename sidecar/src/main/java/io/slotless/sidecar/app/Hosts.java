package io.slotless.sidecar.app;

import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.kubernetes.FolderSource;
import io.slotless.sidecar.kubernetes.LocalHosts;
import java.util.List;

/** The hosts to take over. */
sealed interface Hosts {

    /** The hosts there are by now; more may come, none goes. */
    List<BootstrapHost> all();

    /** The DNS domain of the cluster. */
    String clusterDomain();

    /** Those the webhook gave us. */
    record FromBootstrap(Bootstrap bootstrap) implements Hosts {
        @Override
        public List<BootstrapHost> all() {
            return bootstrap.hosts();
        }

        @Override
        public String clusterDomain() {
            return bootstrap.clusterDomain();
        }
    }

    /** One for each RedisDestination of a folder. */
    record FromFolder(FolderSource folder, LocalHosts hosts) implements Hosts {
        @Override
        public List<BootstrapHost> all() {
            return hosts.with(folder.destinations());
        }

        /** There is no cluster. */
        @Override
        public String clusterDomain() {
            return "cluster.local";
        }
    }
}
