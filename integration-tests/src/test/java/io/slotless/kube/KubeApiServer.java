package io.slotless.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.slotless.fixture.kubernetes.Certificates;
import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.redis.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A real API server on an empty etcd. There are no controllers, no scheduler and no nodes: pods stay as admission left
 * them.
 */
final class KubeApiServer implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final String ADMINISTRATOR_TOKEN = "administrator";

    private final ChildProcess etcd;
    private final ChildProcess apiServer;
    private final Path certificate;
    private final String url;
    private final KubernetesClient client;

    private KubeApiServer(ChildProcess etcd, ChildProcess apiServer, Path certificate, String url) {
        this.etcd = etcd;
        this.apiServer = apiServer;
        this.certificate = certificate;
        this.url = url;
        this.client = client(ADMINISTRATOR_TOKEN);
    }

    /**
     * Starts both programs and waits until the API server is ready.
     *
     * @param work empty folder for data, certificates and logs
     */
    static KubeApiServer start(KubeBinaries binaries, Path work) {
        Certificates certificates = Certificates.create(work.resolve("tls"));
        String etcdUrl = "http://127.0.0.1:" + Loopback.freePort();
        int port = Loopback.freePort();
        ChildProcess etcd =
                ChildProcess.start("etcd", etcdCommand(binaries, work, etcdUrl), Map.of(), work.resolve("etcd.log"));
        ChildProcess apiServer = ChildProcess.start(
                "kube-apiserver",
                apiServerCommand(binaries, work, etcdUrl, certificates, port),
                Map.of(),
                work.resolve("kube-apiserver.log"));
        KubeApiServer server =
                new KubeApiServer(etcd, apiServer, certificates.certificate(), "https://127.0.0.1:" + port);
        try {
            server.awaitReady();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static List<String> etcdCommand(KubeBinaries binaries, Path work, String url) {
        return List.of(
                binaries.etcd().toString(),
                "--data-dir=" + work.resolve("etcd"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=http://127.0.0.1:0",
                "--unsafe-no-fsync");
    }

    private static List<String> apiServerCommand(
            KubeBinaries binaries, Path work, String etcdUrl, Certificates certificates, int port) {
        try {
            Path tokens = Files.writeString(
                    work.resolve("tokens.csv"), ADMINISTRATOR_TOKEN + ",administrator,1,system:masters\n");
            return List.of(
                    binaries.apiServer().toString(),
                    "--etcd-servers=" + etcdUrl,
                    "--bind-address=127.0.0.1",
                    "--advertise-address=127.0.0.1",
                    // Nobody needs the kubernetes Service, and its endpoint could not be a loopback address.
                    "--endpoint-reconciler-type=none",
                    "--secure-port=" + port,
                    "--tls-cert-file=" + certificates.certificate(),
                    "--tls-private-key-file=" + certificates.key(),
                    "--token-auth-file=" + tokens,
                    "--authorization-mode=RBAC",
                    "--service-account-issuer=https://kubernetes.default.svc",
                    "--service-account-key-file=" + certificates.certificate(),
                    "--service-account-signing-key-file=" + certificates.key(),
                    "--service-cluster-ip-range=10.96.0.0/16");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        // The default namespace is made after the server says ready.
        await("kube-apiserver is ready")
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    for (ChildProcess process : List.of(etcd, apiServer)) {
                        if (!process.isAlive()) {
                            throw process.failure("did not start");
                        }
                    }
                    try {
                        return "ok".equals(client.raw("/readyz"))
                                && client.namespaces().withName("default").get() != null;
                    } catch (KubernetesClientException notYet) {
                        return false;
                    }
                });
    }

    /** {@code https://127.0.0.1:…}. */
    String url() {
        return url;
    }

    /** PEM file: what signs the API server's certificate. */
    Path certificate() {
        return certificate;
    }

    /** The same, as a caBundle has it. */
    String certificateBase64() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client as the administrator. */
    KubernetesClient client() {
        return client;
    }

    /** A client as somebody else; the caller closes it. */
    KubernetesClient client(String token) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(url)
                        .withCaCertFile(certificate.toString())
                        .withOauthToken(token)
                        .withNamespace("default")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** What kubectl and Helm need to be the administrator. */
    String kubeConfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: administrator, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: administrator}}]
                current-context: test
                """.formatted(url, certificate.toAbsolutePath(), ADMINISTRATOR_TOKEN);
    }

    @Override
    public void close() {
        client.close();
        apiServer.close();
        etcd.close();
    }
}
