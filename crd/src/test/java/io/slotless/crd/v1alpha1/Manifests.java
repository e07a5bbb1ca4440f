package io.slotless.crd.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads manifests as the fabric8 client does. */
final class Manifests {

    static final KubernetesSerialization SERIALIZATION = serialization();

    /** What users copy. */
    static final Path SAMPLES = Path.of("../manifests/samples");

    private Manifests() {}

    /** The YAML files of a folder of test resources, sorted. */
    static List<Path> in(String folder) {
        return in(Path.of("src/test/resources", folder));
    }

    /** The YAML files of a folder, sorted. */
    static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of one file, in order. */
    static List<String> documents(Path file) {
        return List.of(text(file).split("(?m)^---\n", -1));
    }

    /** The objects of one file, in order. */
    static List<HasMetadata> objects(Path file) {
        return documents(file).stream()
                .map(document -> (HasMetadata) SERIALIZATION.unmarshal(document, KubernetesResource.class))
                .toList();
    }

    static RedisDestination destination(String yaml) {
        return SERIALIZATION.unmarshal(yaml, RedisDestination.class);
    }

    private static KubernetesSerialization serialization() {
        KubernetesSerialization serialization = new KubernetesSerialization();
        serialization.registerKubernetesResource(RedisDestination.class);
        serialization.registerKubernetesResource(RedisService.class);
        return serialization;
    }
}
