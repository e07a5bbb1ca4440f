package io.slotless.sidecar.app;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops the sidecar with the program. */
@Singleton
final class Lifecycle {

    /** Binding a loopback address takes no time at all. */
    private static final Duration LISTEN_LIMIT = Duration.ofSeconds(10);

    private final SidecarConfig config;
    /** Made only when the settings are known to be good. */
    private final Instance<Sidecar> sidecar;

    private final SidecarEvents events;
    private final String version;

    Lifecycle(
            SidecarConfig config,
            Instance<Sidecar> sidecar,
            SidecarEvents events,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        this.sidecar = sidecar;
        this.events = events;
        this.version = version;
    }

    void start(@Observes StartupEvent event, Config all) {
        Set<String> unknown =
                UnknownKeys.among(all.getPropertyNames(), System.getenv().keySet());
        if (!unknown.isEmpty()) {
            throw new ConfigurationException("slotless: unknown settings: " + String.join(", ", unknown)
                    + "; known are: " + String.join(", ", UnknownKeys.known()));
        }
        Sidecar started = sidecar.get();
        awaitListening(started);
        SidecarEvents.LOGGER.infof(
                "slotless %s serves %s; health and metrics on %s:%d",
                version,
                started.report().stream()
                        .map(host -> host.host().host() + " (" + host + ")")
                        .collect(Collectors.joining(", ")),
                config.management().address(),
                config.management().port());
        events.started();
    }

    private static void awaitListening(Sidecar starting) {
        try {
            starting.start()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LISTEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigurationException("slotless: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new ConfigurationException("slotless: listening took longer than " + LISTEN_LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("slotless: interrupted while starting", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Duration limit = config.drainLimit();
        try {
            // The data path keeps the limit itself; the extra second is for closing what is left.
            sidecar.get()
                    .stop(limit)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(limit.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            SidecarEvents.LOGGER.warnf("connections left open: limit=%s reason=%s", limit, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
