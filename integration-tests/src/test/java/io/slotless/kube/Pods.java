package io.slotless.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.api.SlotlessNames;

/** Pods of an application that knows {@code external-redis} of its own namespace. */
final class Pods {

    private Pods() {}

    /** A pod that says nothing about Slotless. */
    static ObjectNode plain(String namespace, String name) {
        return (ObjectNode) Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  containers:
                    - name: shop
                      image: example.com/shop:1.0
                      env:
                        - {name: REDIS_HOST, value: external-redis}
                        - {name: REDIS_URL, value: "redis://external-redis:6379/0"}
                """.formatted(name, namespace), JsonNode.class);
    }

    /** A pod that asks for injection and names its host, which needs no RedisDestination. */
    static ObjectNode asking(String namespace, String name) {
        return annotated(
                annotated(plain(namespace, name), SlotlessNames.INJECT, "true"), SlotlessNames.HOSTS, "external-redis");
    }

    /** The same pod with one more annotation. */
    static ObjectNode annotated(ObjectNode pod, String name, String value) {
        pod.withObjectProperty("metadata").withObjectProperty("annotations").put(name, value);
        return pod;
    }

    /** What the controller makes of a template: no name yet, and an owner. */
    static ObjectNode ofTemplate(
            JsonNode template, String namespace, String ownerVersion, String ownerKind, String owner) {
        ObjectNode pod = template.deepCopy();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.withObjectProperty("metadata");
        metadata.put("generateName", owner + "-")
                .put("namespace", namespace)
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ownerVersion)
                .put("kind", ownerKind)
                .put("name", owner)
                .put("uid", "3f8a2f3e-0000-4000-8000-000000000000")
                .put("controller", true);
        return pod;
    }
}
