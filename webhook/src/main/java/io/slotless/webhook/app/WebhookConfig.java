package io.slotless.webhook.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.slotless.webhook.injection.NativeSidecar;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All configuration of the webhook; an unknown key stops the start. */
@ConfigMapping(prefix = "slotless.webhook")
public interface WebhookConfig {

    /** The DNS domain of the cluster. */
    @WithDefault("cluster.local")
    String clusterDomain();

    /** Namespaces whose pods are never injected, besides the webhook's own. */
    @WithDefault("kube-system,kube-public,kube-node-lease")
    Set<String> excludedNamespaces();

    /** The webhook's own namespace; empty outside of a cluster, where no replica leads. */
    Optional<String> namespace();

    /** The name of the webhook's Service and of its MutatingWebhookConfiguration; what it makes itself begins with it. */
    @WithDefault("slotless-webhook")
    String name();

    /** The webhook's own pod; empty outside of a cluster. */
    Optional<String> podName();

    /** The largest AdmissionReview that is read. */
    @WithDefault("8M")
    MemorySize maxReviewSize();

    /** How long a review may take to arrive. */
    @WithDefault("10s")
    Duration reviewTimeout();

    /** The certificate the webhook serves with. */
    Certificate certificate();

    /** The status of RedisDestinations. */
    Status status();

    /** The sidecar where neither pod nor namespace says otherwise. */
    Sidecar sidecar();

    /** Where the certificate comes from, and how long it is good for. */
    interface Certificate {
        /**
         * {@code files}: somebody else brings and renews it. {@code self-managed}: by a CA of the webhook's own, which it keeps
         * in the Secret {@code <name>-ca} and makes the API server trust.
         */
        @WithDefault("files")
        Source source();

        /** Of files: PEM file with the certificate and its chain. */
        @WithDefault("/etc/slotless/tls/tls.crt")
        Path cert();

        /** Of files: PEM file with the private key. */
        @WithDefault("/etc/slotless/tls/tls.key")
        Path key();

        /** Of files: how often the two are looked at. */
        @WithDefault("1m")
        Duration reloadPeriod();

        /** Self-managed: life of a CA; another one is made when two thirds of it are over. */
        @WithDefault("87600h")
        Duration caDuration();

        /** Self-managed: life of a serving certificate, likewise. */
        @WithDefault("2160h")
        Duration duration();

        /** Self-managed: how long a new CA must have been in the webhook configuration before anything is issued by it. */
        @WithDefault("1m")
        Duration caPause();

        /** Self-managed: DNS names and IP addresses the webhook is called by, besides those of its Service. */
        Optional<List<String>> extraNames();

        /** Who brings it. */
        enum Source {
            FILES,
            SELF_MANAGED
        }
    }

    /** How sidecars are asked. */
    interface Status {
        /** Where they answer, on the addresses of their pods. */
        @WithDefault("15379")
        int sidecarPort();

        /** After which time each RedisDestination is looked at again; with thousands of them it takes longer. */
        @WithDefault("10s")
        Duration period();
    }

    /** The sidecar's container. */
    interface Sidecar {
        /** Image reference. */
        @WithDefault("ghcr.io/slotless/slotless-sidecar:0.1.0")
        String image();

        /** {@code Always}, {@code IfNotPresent} or {@code Never}. */
        @WithDefault("IfNotPresent")
        String imagePullPolicy();

        /** CPU it is guaranteed. */
        @WithDefault("50m")
        String cpuRequest();

        /** CPU it may use. */
        @WithDefault("1")
        String cpuLimit();

        /** Memory it is guaranteed. */
        @WithDefault("128Mi")
        String memoryRequest();

        /** Memory it may use. */
        @WithDefault("256Mi")
        String memoryLimit();

        /** {@code trace}, {@code debug}, {@code info}, {@code warn} or {@code error}. */
        @WithDefault("info")
        String logLevel();

        /** Whether it is a native sidecar; {@code auto}: where the API server is 1.29 or newer. */
        @WithDefault("auto")
        NativeSidecar nativeSidecar();

        /** User and group it runs as. */
        @WithDefault("10001")
        long user();

        /** What holds back the app's containers where it is not a native sidecar; the URL to wait for is appended. */
        @WithDefault(
                "java,-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx16m,-cp,/opt/slotless/slotless-sidecar.jar,io.slotless.sidecar.app.Wait")
        List<String> waitCommand();
    }
}
