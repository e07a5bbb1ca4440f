package io.slotless.sidecar.app;

import io.slotless.api.SlotlessNames;
import io.slotless.sidecar.proxy.ProxySettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Every setting of the sidecar. {@code docs/configuration.md} explains each; a test compares the two.
 *
 * @param bootstrap JSON of the webhook
 */
record SidecarConfig(
        Optional<String> bootstrap,
        Optional<Path> directory,
        Path secretsDirectory,
        Optional<String> namespace,
        String listenAddress,
        int eventLoops,
        Duration drainLimit,
        Level logLevel,
        ApiServer apiServer,
        Dns dns,
        Limits limits,
        Management management) {

    /** Where a kubelet puts the files of a pod's ServiceAccount. */
    static final String SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final int MOST_EVENT_LOOPS = 1024;

    record ApiServer(Optional<URI> url, Path authorities, Path token) {}

    record Dns(List<String> servers, Duration maxTtl) {}

    record Limits(
            int clients,
            int outstandingCommands,
            int bufferedReplyBytes,
            int transactionBytes,
            int privateConnections) {}

    record Management(String address, int port) {}

    /** @throws ConfigurationException if a setting cannot be used, or is none of ours */
    static SidecarConfig read(Settings settings) {
        SidecarConfig config = new SidecarConfig(
                settings.text("bootstrap"),
                settings.value("directory", Path::of),
                settings.value("secrets-directory", SlotlessNames.SECRETS_DIRECTORY, Path::of),
                settings.text("namespace"),
                settings.text("listen-address", "127.0.0.1"),
                settings.integer("event-loops", ProxySettings.DEFAULT.eventLoops(), 1, MOST_EVENT_LOOPS),
                settings.duration("drain-limit", "25s"),
                settings.value("log-level", "INFO", ConsoleLog::level),
                new ApiServer(
                        settings.value("api-server.url", URI::create),
                        settings.value("api-server.authorities", SERVICE_ACCOUNT + "/ca.crt", Path::of),
                        settings.value("api-server.token", SERVICE_ACCOUNT + "/token", Path::of)),
                new Dns(settings.texts("dns.servers"), settings.duration("dns.max-ttl", "5s")),
                new Limits(
                        settings.integer("limits.clients", ProxySettings.DEFAULT.maxClients(), 1, Integer.MAX_VALUE),
                        settings.integer(
                                "limits.outstanding-commands",
                                ProxySettings.DEFAULT.maxOutstanding(),
                                1,
                                Integer.MAX_VALUE),
                        settings.integer(
                                "limits.buffered-reply-bytes",
                                ProxySettings.DEFAULT.maxBufferedReplies(),
                                1,
                                Integer.MAX_VALUE),
                        settings.integer(
                                "limits.transaction-bytes",
                                ProxySettings.DEFAULT.maxTransactionBytes(),
                                1,
                                Integer.MAX_VALUE),
                        settings.integer(
                                "limits.private-connections",
                                ProxySettings.DEFAULT.maxPrivate(),
                                1,
                                Integer.MAX_VALUE)),
                new Management(
                        settings.text("management.address", "0.0.0.0"),
                        settings.integer("management.port", SlotlessNames.MANAGEMENT_PORT, 0, 65_535)));
        settings.check();
        return config;
    }
}
