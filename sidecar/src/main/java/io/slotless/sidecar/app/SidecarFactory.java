package io.slotless.sidecar.app;

import io.slotless.api.SlotlessNames;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import io.slotless.sidecar.kubernetes.ApiServerAddress;
import io.slotless.sidecar.kubernetes.ApiServerSource;
import io.slotless.sidecar.kubernetes.FolderSource;
import io.slotless.sidecar.kubernetes.LocalHosts;
import io.slotless.sidecar.kubernetes.SecretFiles;
import io.slotless.sidecar.proxy.RedisProxy;
import io.vertx.core.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a sidecar together: where its hosts and its destinations come from. */
final class SidecarFactory {

    private static final String USAGE = "slotless: nothing to serve: set " + SlotlessNames.BOOTSTRAP_ENV
            + " (the webhook does), or SLOTLESS_DIRECTORY to a folder of YAML files with RedisDestinations";

    /** An application may be waiting for its Redis: TLS to the API server takes a young JVM as long as all before it. */
    private static final Duration FIRST_LIMIT = Duration.ofMillis(500);

    private final SidecarConfig config;
    private final Context control;
    private final SidecarEvents events;

    SidecarFactory(SidecarConfig config, Context control, SidecarEvents events) {
        this.config = config;
        this.control = control;
        this.events = events;
    }

    /**
     * Nothing runs yet.
     *
     * @throws ConfigurationException if there is nothing to serve, or what there is cannot be read
     */
    Sidecar create(RedisProxy proxy) {
        Optional<Bootstrap> bootstrap = config.bootstrap().map(BootstrapReader::read);
        Optional<FolderSource> folder = config.directory().map(this::folder);
        if (bootstrap.isPresent()) {
            Hosts hosts = new Hosts.FromBootstrap(bootstrap.get());
            return new Sidecar(
                    proxy, hosts, folder.isPresent() ? folder.get() : apiServer(bootstrap.get(), proxy), events);
        }
        FolderSource source = folder.orElseThrow(() -> new ConfigurationException(USAGE));
        Hosts hosts = new Hosts.FromFolder(source, new LocalHosts(config.listenAddress(), events::local));
        return new Sidecar(proxy, hosts, source, events);
    }

    private FolderSource folder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException("slotless: slotless.directory: '" + folder + "' is not a folder");
        }
        return new FolderSource(folder, new SecretFiles(config.secretsDirectory()), events::file);
    }

    private ApiServerSource apiServer(Bootstrap bootstrap, RedisProxy proxy) {
        Set<String> namespaces =
                bootstrap.hosts().stream().map(BootstrapHost::namespace).collect(Collectors.toSet());
        SecretFiles files = new SecretFiles(config.secretsDirectory());
        return new ApiServerSource(
                control,
                address(),
                namespaces,
                new ApiServerSource.Mounted(files, ownNamespace(namespaces)),
                events,
                () -> proxy.heard(FIRST_LIMIT));
    }

    private ApiServerAddress address() {
        SidecarConfig.ApiServer set = config.apiServer();
        return new ApiServerAddress(
                set.url().orElseGet(() -> ApiServerAddress.fromEnvironment(System.getenv())),
                set.authorities(),
                set.token());
    }

    /**
     * The pod's namespace: as set, else as the service account's files say. Failing both, a Secret can only be mounted
     * because a RedisDestination of the pod's namespace names it, so a sole namespace must be that one.
     */
    private @Nullable String ownNamespace(Set<String> namespaces) {
        Path serviceAccount = Path.of(SidecarConfig.SERVICE_ACCOUNT, "namespace");
        return config.namespace()
                .or(() -> Optional.of(serviceAccount).filter(Files::isReadable).map(SidecarFactory::read))
                .orElseGet(() -> namespaces.size() == 1 ? namespaces.iterator().next() : null);
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return null;
        }
    }
}
