package io.slotless.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.api.v1alpha1.DestinationSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationChoiceTest {

    @Test
    void theOlderOfTwoWins() {
        assertThat(chosen(created("a", "2026-02-01T00:00:00Z"), created("b", "2026-01-01T00:00:00Z")))
                .isEqualTo("b");
    }

    @Test
    void ofTwoOfOneSecondTheFirstByNameWins() {
        assertThat(chosen(created("b", "2026-01-01T00:00:00Z"), created("a", "2026-01-01T00:00:00Z")))
                .isEqualTo("a");
    }

    @Test
    void anObjectForAnotherHostDoesNotCount() {
        assertThat(DestinationChoice.of(
                        Yaml.host("cache"),
                        "cluster.local",
                        List.of(new DestinationObject.Decoded(Yaml.parse(Yaml.cluster("other"))))))
                .isEmpty();
    }

    @Test
    void anObjectOnItsWayOutDoesNotCount() {
        DestinationSnapshot leaving =
                with("a", "creationTimestamp: \"2026-01-01T00:00:00Z\"\n  deletionTimestamp: \"2026-02-01T00:00:00Z\"");
        assertThat(chosen(leaving, created("b", "2026-01-02T00:00:00Z"))).isEqualTo("b");
    }

    @Test
    void aShortHostCountsToo() {
        DestinationSnapshot shortHost = Yaml.parse(Yaml.destination("a", "cache", "{}"));
        assertThat(chosen(shortHost)).isEqualTo("a");
    }

    private static String chosen(DestinationSnapshot... destinations) {
        List<DestinationObject> objects = List.of(destinations).stream()
                .<DestinationObject>map(DestinationObject.Decoded::new)
                .toList();
        return DestinationChoice.of(Yaml.host("cache"), "cluster.local", objects)
                .orElseThrow()
                .metadata()
                .name();
    }

    private static DestinationSnapshot created(String name, String time) {
        return with(name, "creationTimestamp: \"" + time + "\"");
    }

    private static DestinationSnapshot with(String name, String metadata) {
        String yaml = Yaml.destination(name, "cache.redis.svc.cluster.local", "{}");
        return Yaml.parse(yaml.replace("metadata:", "metadata:\n  " + metadata));
    }
}
