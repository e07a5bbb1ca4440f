package io.slotless.crd.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Generates the CustomResourceDefinitions from the model: fabric8's generator, then {@link SchemaDetails}. */
final class CustomResourceDefinitions {

    static final List<Class<? extends CustomResource<?, ?>>> TYPES =
            List.of(RedisDestination.class, RedisService.class);

    private CustomResourceDefinitions() {}

    /** The YAML of each definition by the name of its file. */
    static Map<String, String> generate() {
        Memory memory = new Memory();
        int generated = new CRDGenerator()
                .customResourceClasses(List.copyOf(TYPES))
                .withMinQuotes(true)
                .withPostProcessor(new Details())
                .withOutput(memory)
                .detailedGenerate()
                .numberOfGeneratedCRDs();
        if (generated != TYPES.size()) {
            throw new IllegalStateException("generated " + generated + " definitions");
        }
        return memory.files();
    }

    private static final class Details implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
            CustomResourceDefinition definition = (CustomResourceDefinition) crd;
            String kind = definition.getSpec().getNames().getKind();
            TYPES.stream()
                    .filter(type -> type.getSimpleName().equals(kind))
                    .forEach(type -> SchemaDetails.addTo(definition, type));
            return definition;
        }
    }

    private static final class Memory extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {

        private final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();

        @Override
        protected ByteArrayOutputStream createStreamFor(String crdName) {
            return streams.computeIfAbsent(crdName, name -> new ByteArrayOutputStream());
        }

        Map<String, String> files() {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Map<String, String> files = new TreeMap<>();
            streams.forEach((name, bytes) -> files.put(name + ".yml", bytes.toString(StandardCharsets.UTF_8)));
            return files;
        }
    }
}
