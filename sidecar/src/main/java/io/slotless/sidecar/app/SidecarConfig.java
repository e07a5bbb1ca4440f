package io.slotless.sidecar.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of the sidecar. {@code docs/configuration.md} explains each; a test compares the two. */
@ConfigMapping(prefix = SidecarConfig.PREFIX)
interface SidecarConfig {

    String PREFIX = "slotless";

    /** Where a kubelet puts the files of a pod's ServiceAccount. */
    String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Raw, as JSON may hold what looks like an expression. */
    Optional<ConfigValue> bootstrap();

    Optional<Path> directory();

    @WithDefault("/var/run/slotless/secrets")
    Path secretsDirectory();

    Optional<String> namespace();

    @WithDefault("127.0.0.1")
    String listenAddress();

    @WithDefault("1")
    int eventLoops();

    @WithDefault("25s")
    Duration drainLimit();

    @WithDefault("INFO")
    String logLevel();

    ApiServer apiServer();

    Dns dns();

    Limits limits();

    Management management();

    interface ApiServer {
        Optional<URI> url();

        @WithDefault(SERVICE_ACCOUNT + "/ca.crt")
        Path authorities();

        @WithDefault(SERVICE_ACCOUNT + "/token")
        Path token();
    }

    interface Dns {
        Optional<List<String>> servers();

        @WithDefault("5s")
        Duration maxTtl();
    }

    interface Limits {
        @WithDefault("10000")
        int clients();

        @WithDefault("4096")
        int outstandingCommands();

        @WithDefault("1048576")
        int bufferedReplyBytes();

        @WithDefault("33554432")
        int transactionBytes();

        @WithDefault("1000")
        int privateConnections();
    }

    interface Management {
        @WithDefault("0.0.0.0")
        String address();

        @WithDefault("15379")
        int port();
    }
}
