package io.slotless.webhook.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Set;

/** Pods and rules for tests. */
public final class TestPods {

    public static final YAMLMapper YAML = new YAMLMapper();
    public static final ClusterDns DNS = new ClusterDns("cluster.local");
    public static final SidecarSettings SIDECAR = new SidecarSettings(
            "slotless/sidecar:test",
            "IfNotPresent",
            new Quantity("50m"),
            new Quantity("1"),
            new Quantity("128Mi"),
            new Quantity("256Mi"),
            "INFO",
            NativeSidecar.AUTO,
            10001,
            List.of("java", "-cp", "/opt/slotless/slotless-sidecar.jar", "io.slotless.sidecar.app.Wait"));
    public static final InjectionRules RULES =
            new InjectionRules(Set.of("kube-system", "slotless-system"), SIDECAR, DNS);
    public static final InjectionDecider DECIDER = new InjectionDecider(RULES);
    public static final PodInjector INJECTOR = new PodInjector(new ObjectMapper(), DNS, "test");

    private TestPods() {}

    public static JsonNode tree(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    public static Pod pod(String namespace, String yaml) {
        return new Pod(tree(yaml), namespace);
    }
}
