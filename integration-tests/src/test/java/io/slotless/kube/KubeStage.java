package io.slotless.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real API server, on which manifests/install.yaml can be installed. */
final class KubeStage implements AutoCloseable {

    private static KubeStage shared;

    private final Path work;
    private final KubeApiServer server;
    private @Nullable Webhooks webhooks;

    private KubeStage(Path work) {
        this.work = work;
        server = KubeApiServer.start(KubeBinaries.find(System.getenv()), work);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        tellVersion(client().getKubernetesVersion().getGitVersion());
    }

    /** An empty one of one's own; the caller closes it. */
    static KubeStage start(String name) {
        return new KubeStage(
                Java.work().resolve("kube-" + ProcessHandle.current().pid() + "-" + name));
    }

    /** With everything installed, for all tests; started at the first call, ended with the JVM. */
    static synchronized KubeStage shared() {
        if (shared == null) {
            shared = new KubeStage(
                    Java.work().resolve("kube-" + ProcessHandle.current().pid()));
            shared.install();
            shared.webhooks = new Webhooks(shared);
        }
        return shared;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Where logs and certificates go. */
    Path work() {
        return work;
    }

    KubeApiServer server() {
        return server;
    }

    /** Of the shared one. */
    Webhooks webhooks() {
        return Objects.requireNonNull(webhooks, "not the shared stage");
    }

    /** A client as the administrator. */
    KubernetesClient client() {
        return server.client();
    }

    /** A client with the token that a pod with this ServiceAccount has; the caller closes it. */
    KubernetesClient clientOf(String namespace, String serviceAccount) {
        return server.client(token(namespace, serviceAccount));
    }

    String token(String namespace, String serviceAccount) {
        return client().serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest()
                .getStatus()
                .getToken();
    }

    /** Objects of a file of the repository, in order. */
    static List<GenericKubernetesResource> objects(String path) {
        return objects(Java.root().resolve(path));
    }

    static List<GenericKubernetesResource> objects(Path file) {
        try {
            return Arrays.stream(Files.readString(file).split("(?m)^---\\s*\n"))
                    .map(document -> document.replaceAll("(?m)^#.*\n", ""))
                    .filter(document -> !document.isBlank())
                    .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kubectl apply --server-side --validate=strict}: a field that the API server does not know is an error. */
    GenericKubernetesResource apply(GenericKubernetesResource object) {
        return client().resource(object)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .forceConflicts()
                .serverSideApply();
    }

    /** As {@code kubectl apply --server-side --validate=strict --dry-run=server}: everything but the storing. */
    GenericKubernetesResource dryRun(GenericKubernetesResource object) {
        return client().resource(object)
                .dryRun()
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .forceConflicts()
                .serverSideApply();
    }

    /** A namespace that several test classes use. */
    void ensureNamespace(String name) {
        if (client().namespaces().withName(name).get() == null) {
            namespace(name, Map.of());
        }
    }

    /** A new namespace, with the ServiceAccount that a controller would make. */
    void namespace(String name, Map<String, String> labels) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        ensureServiceAccount(name);
    }

    /** The ServiceAccount without which no pod is created; elsewhere a controller makes it. */
    void ensureServiceAccount(String namespace) {
        client().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("default")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** For who watches the tests run, and for .ci/run, which tells it at the end. */
    private static void tellVersion(String version) {
        System.out.println("Tests against kube-apiserver " + version);
        try {
            Files.writeString(Java.work().resolve("kube-apiserver-version"), version + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a platform team does with {@code kubectl apply -f manifests/install.yaml}. */
    void install() {
        for (GenericKubernetesResource object : objects("manifests/install.yaml")) {
            apply(object);
            if (object.getKind().equals("CustomResourceDefinition")) {
                awaitServed(object.getMetadata().getName().split("\\.")[0]);
            }
        }
    }

    /** Until the first read succeeds: after the definition is established its storage is still being set up. */
    private void awaitServed(String plural) {
        await(plural + " are served")
                .ignoreException(KubernetesClientException.class)
                .until(() -> client().raw("/apis/redis.aeraki.io/v1alpha1/" + plural) != null);
    }
}
