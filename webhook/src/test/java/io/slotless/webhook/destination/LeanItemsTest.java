package io.slotless.webhook.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import org.junit.jupiter.api.Test;

class LeanItemsTest {

    @Test
    void keepsWhatDecisionsAreMadeOfAndNothingOfWhoWroteIt() {
        Service service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("redis")
                .withName("external-redis")
                .withUid("u-1")
                .withResourceVersion("7")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", "{}")
                .addToLabels("app", "redis")
                .withManagedFields(new ManagedFieldsEntry())
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "redis")
                .endSpec()
                .build();
        LeanItems<Service> items = new LeanItems<>();
        items.put(items.getKey(service), service);

        Service kept = items.get("redis/external-redis");
        assertThat(kept.getSpec()).isEqualTo(service.getSpec());
        assertThat(kept.getMetadata().getUid()).isEqualTo("u-1");
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(kept.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
        assertThat(kept.getMetadata().getLabels()).isEmpty();
    }
}
