package io.slotless.kube;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryManager;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs that make a control plane.
 *
 * @param etcd its storage
 * @param apiServer kube-apiserver
 */
record KubeBinaries(Path etcd, Path apiServer) {

    private static final Path MODULE = Path.of("integration-tests/kube/go.mod");
    private static final Pattern VERSION = Pattern.compile("^\tk8s\\.io/kubernetes (v[0-9.]+)", Pattern.MULTILINE);

    /**
     * Those of {@code KUBEBUILDER_ASSETS}, else those that integration-tests/kube/build has built, else those that
     * kube-api-test downloads.
     *
     * @throws IllegalStateException when there are none: who asks for these tests must not believe that they have run
     */
    static KubeBinaries find(Map<String, String> environment) {
        String assets = environment.get("KUBEBUILDER_ASSETS");
        if (assets != null) {
            return in(Path.of(assets))
                    .orElseThrow(() -> new IllegalStateException(
                            "KUBEBUILDER_ASSETS is " + assets + ", where etcd and kube-apiserver are not"));
        }
        return in(cache(environment)).orElseGet(() -> download(cache(environment)));
    }

    private static Path cache(Map<String, String> environment) {
        String caches = environment.get("XDG_CACHE_HOME");
        Path base = caches != null && !caches.isEmpty()
                ? Path.of(caches)
                : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("slotless/kube").resolve(version());
    }

    private static String version() {
        try {
            Matcher matcher = VERSION.matcher(Files.readString(Java.root().resolve(MODULE)));
            if (!matcher.find()) {
                throw new IllegalStateException(MODULE + " does not require k8s.io/kubernetes");
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<KubeBinaries> in(Path folder) {
        KubeBinaries binaries = new KubeBinaries(folder.resolve("etcd"), folder.resolve("kube-apiserver"));
        return Files.isExecutable(binaries.etcd) && Files.isExecutable(binaries.apiServer)
                ? Optional.of(binaries)
                : Optional.empty();
    }

    private static KubeBinaries download(Path cache) {
        BinaryManager manager =
                new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig().build());
        try {
            manager.initAndDownloadIfRequired();
        } catch (KubeAPITestException e) {
            throw new IllegalStateException(
                    "etcd and kube-apiserver are not in " + cache + " and cannot be downloaded:"
                            + " run integration-tests/kube/build, or set KUBEBUILDER_ASSETS to a folder that has both",
                    e);
        }
        return new KubeBinaries(
                manager.binaries().getEtcd().toPath(),
                manager.binaries().getApiServer().toPath());
    }
}
