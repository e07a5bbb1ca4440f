package io.slotless.webhook.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.slotless.webhook.injection.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptItemsTest {

    private final KeptItems<io.fabric8.kubernetes.api.model.Service, Service> items =
            new KeptItems<>(Service::of, io.fabric8.kubernetes.api.model.Service::new);
    private final List<String> told = new ArrayList<>();

    @Test
    void whatDecisionsNeedIsFoundAndTheInformerGetsNamesOnly() {
        put("shop", "redis", "app");
        put("shop", "other", "app");
        put("bank", "redis", "app");

        assertThat(items.find("shop", "redis"))
                .hasValue(new Service(Map.of("app", "app"), List.of(new Service.Port("tcp-redis", 6379))));
        assertThat(items.find("bank", "other")).isEmpty();
        assertThat(items.in("shop")).hasSize(2);
        assertThat(items.in("nowhere")).isEmpty();
        assertThat(items.size()).isEqualTo(3);
        assertThat(items.keySet()).containsExactlyInAnyOrder("shop/redis", "shop/other", "bank/redis");
        assertThat(items.values().map(items::getKey))
                .containsExactlyInAnyOrderElementsOf(items.keySet().toList());
        assertThat(items.get("shop/redis").getSpec()).isNull();
        assertThat(items.get("shop/nothing")).isNull();
    }

    @Test
    void whatHasNoNamespaceIsFoundByItsName() {
        put(null, "shop", "app");

        assertThat(items.find("", "shop")).isPresent();
        assertThat(items.keySet()).containsExactly("shop");
        assertThat(items.get("shop").getMetadata().getNamespace()).isNull();
        items.remove("shop");
        assertThat(items.size()).isZero();
    }

    @Test
    void onlyWhatMattersIsNews() {
        items.listen((namespace, name, before, now) -> told.add(namespace + "/" + name + " "
                + (before == null ? "new" : now == null ? "gone" : before.selector() + " to " + now.selector())));

        put("shop", "redis", "a");
        put("shop", "redis", "a");
        put("shop", "redis", "b");
        items.remove("shop/redis");
        items.remove("shop/redis");

        assertThat(told).containsExactly("shop/redis new", "shop/redis {app=a} to {app=b}", "shop/redis gone");
        assertThat(items.in("shop")).isEmpty();
    }

    @Test
    void whoComesLaterIsToldWhatThereIsUntilHeGoes() {
        put("shop", "redis", "a");
        KeptItems.Listener<Service> late = (namespace, name, before, now) -> told.add(name);
        items.listen(late);
        put("shop", "other", "a");
        items.forget(late);
        put("shop", "third", "a");

        assertThat(told).containsExactly("redis", "other");
    }

    private void put(String namespace, String name, String app) {
        io.fabric8.kubernetes.api.model.Service service = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", app)
                .addNewPort()
                .withName("tcp-redis")
                .withPort(6379)
                .endPort()
                .addNewPort()
                .withName("gossip")
                .withPort(6379)
                .withProtocol("UDP")
                .endPort()
                .endSpec()
                .build();
        items.put(items.getKey(service), service);
    }
}
