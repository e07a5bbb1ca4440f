package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.slotless.crd.v1alpha1.RedisDestination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A catalogue that holds what a test wrote down. */
public final class TestCluster implements Catalogue {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace",
            io.fabric8.kubernetes.api.model.Namespace.class,
            "Service",
            io.fabric8.kubernetes.api.model.Service.class,
            "RedisDestination",
            RedisDestination.class);

    private final List<HasMetadata> objects;
    private final boolean nativeSidecars;

    private TestCluster(List<HasMetadata> objects, boolean nativeSidecars) {
        this.objects = objects;
        this.nativeSidecars = nativeSidecars;
    }

    /** The objects of a multi-document YAML. */
    public static TestCluster of(String yaml) {
        try (MappingIterator<JsonNode> documents =
                TestPods.YAML.readerFor(JsonNode.class).readValues(yaml)) {
            List<HasMetadata> objects = new ArrayList<>();
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                String kind = document.path("kind").asText();
                objects.add(TestPods.YAML.treeToValue(document, Objects.requireNonNull(KINDS.get(kind), kind)));
            }
            return new TestCluster(objects, true);
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    public static TestCluster empty() {
        return new TestCluster(List.of(), true);
    }

    public TestCluster beforeNativeSidecars() {
        return new TestCluster(objects, false);
    }

    @Override
    public Optional<Namespace> namespace(String name) {
        return all(io.fabric8.kubernetes.api.model.Namespace.class)
                .filter(namespace -> namespace.getMetadata().getName().equals(name))
                .findFirst()
                .map(Namespace::of);
    }

    @Override
    public Optional<Service> service(ServiceName name) {
        return all(io.fabric8.kubernetes.api.model.Service.class)
                .filter(service -> service.getMetadata().getName().equals(name.name()))
                .filter(service -> Objects.equals(service.getMetadata().getNamespace(), name.namespace()))
                .findFirst()
                .map(Service::of);
    }

    @Override
    public Collection<Destination> destinations(String namespace) {
        return all(RedisDestination.class)
                .filter(destination -> Objects.equals(destination.getMetadata().getNamespace(), namespace))
                .map(Destination::of)
                .toList();
    }

    @Override
    public boolean supportsNativeSidecars() {
        return nativeSidecars;
    }

    private <T> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }
}
