package io.slotless.kube;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An API server on which nothing is installed, and Helm. */
record HelmStage(KubeStage kube, Path kubeConfig) implements AutoCloseable {

    static final Path CHART = Java.root().resolve("charts/slotless");
    static final String NAMESPACE = SelfManagedWebhooks.NAMESPACE;

    private static final String RELEASE = "slotless";
    private static final String APPLICATIONS = "shop";

    static HelmStage start() {
        KubeStage kube = KubeStage.start("helm");
        try {
            Path kubeConfig = Files.writeString(
                    kube.work().resolve("kubeconfig"), kube.server().kubeConfig());
            kube.namespace(APPLICATIONS, Map.of());
            return new HelmStage(kube, kubeConfig);
        } catch (IOException e) {
            kube.close();
            throw new UncheckedIOException(e);
        }
    }

    KubernetesClient client() {
        return kube.client();
    }

    void install(Path chart, Object... values) {
        InstallCommand install = new Helm(chart)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .createNamespace()
                .withKubeConfig(kubeConfig);
        for (int i = 0; i < values.length; i += 2) {
            install.set((String) values[i], values[i + 1]);
        }
        install.call();
    }

    /** With the values of before, over the defaults of this chart: {@code --reset-then-reuse-values}. */
    Release upgrade(Path chart, Map<String, Object> values) {
        UpgradeCommand upgrade = new Helm(chart)
                .upgrade()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .resetThenReuseValues()
                .withKubeConfig(kubeConfig);
        values.forEach(upgrade::set);
        return upgrade.call();
    }

    void uninstall() {
        Helm.uninstall(RELEASE)
                .withNamespace(NAMESPACE)
                .ignoreNotFound()
                .withKubeConfig(kubeConfig)
                .call();
    }

    /** Today's chart without what came last: no monitoring, no NetworkPolicy, and no value of theirs. */
    static Path olderChart(Path folder) throws IOException {
        List<String> newer = List.of("templates/monitoring.yaml", "templates/networkpolicy.yaml", "values.schema.json");
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = CHART.relativize(file);
                if (!newer.contains(name.toString())) {
                    Files.createDirectories(folder.resolve(name).getParent());
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
        Path values = folder.resolve("values.yaml");
        Files.writeString(
                values, Files.readString(values).replaceAll("(?m)^(monitoring|networkPolicy):\\n((#.*| .*)?\\n)*", ""));
        Path chart = folder.resolve("Chart.yaml");
        Files.writeString(chart, Files.readString(chart).replaceAll("(?m)^version: .*", "version: 0.0.1"));
        return folder;
    }

    /** What {@code kubectl create} makes of it. */
    <T extends HasMetadata> T create(T object) {
        return client().resource(object).create();
    }

    static Pod asking(String name) {
        return Serialization.unmarshal(Pods.asking(APPLICATIONS, name).toString(), Pod.class);
    }

    List<String> definitions() {
        return client().apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(definition -> definition.getMetadata().getName())
                .sorted()
                .toList();
    }

    Deployment deployment() {
        return client().apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("slotless-webhook")
                .require();
    }

    List<MutatingWebhook> webhooks() {
        return client().admissionRegistration().v1().mutatingWebhookConfigurations().list().getItems().stream()
                .flatMap(hooks -> hooks.getWebhooks().stream())
                .toList();
    }

    List<String> clusterRoles(String prefix) {
        return client().rbac().clusterRoles().list().getItems().stream()
                .map(role -> role.getMetadata().getName())
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /** The API server's own, as Prometheus reads them. */
    String metrics() {
        return client().raw("/metrics");
    }

    @Override
    public void close() {
        kube.close();
    }
}
