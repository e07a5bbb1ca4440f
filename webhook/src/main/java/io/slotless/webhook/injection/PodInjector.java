package io.slotless.webhook.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.api.SlotlessNames;
import io.slotless.api.bootstrap.Bootstrap;
import io.slotless.api.bootstrap.BootstrapHost;
import java.util.List;

/** Carries a {@link Decision.Inject} out on a pod's JSON tree, which stays as it is. Fields that it does not know survive. */
public final class PodInjector {

    private final ObjectMapper mapper;
    private final ClusterDns dns;
    private final String version;

    /** @param version the version of Slotless, for the status annotation */
    public PodInjector(ObjectMapper mapper, ClusterDns dns, String version) {
        this.mapper = mapper;
        this.dns = dns;
        this.version = version;
    }

    /** The pod with the sidecar. */
    public JsonNode inject(Pod pod, Decision.Inject decision) {
        return withSidecar(new Pod(withHosts(pod, decision), pod.namespace()), decision);
    }

    /** First half: the application's containers point to the sidecar. */
    public JsonNode withHosts(Pod pod, Decision.Inject decision) {
        InjectionPlan plan = decision.plan();
        ObjectNode result = CopyOnWrite.copy(pod.tree());
        ObjectNode spec = CopyOnWrite.objectIn(result, "spec");
        HostAliases.add(spec, plan.hosts());
        EnvValues.rewrite(spec, new HostRewrite(plan.rewrite(), plan.hosts())::apply);
        return result;
    }

    /** Second half: the sidecar is among the containers. */
    public JsonNode withSidecar(Pod pod, Decision.Inject decision) {
        InjectionPlan plan = decision.plan();
        ObjectNode result = CopyOnWrite.copy(pod.tree());
        ObjectNode metadata = CopyOnWrite.objectIn(result, "metadata");
        ObjectNode spec = CopyOnWrite.objectIn(result, "spec");
        ObjectNode container = new SidecarContainer(plan).build(json(bootstrap(plan)));
        CopyOnWrite.arrayIn(spec, plan.placement() == SidecarPlacement.NATIVE ? "initContainers" : "containers")
                .insert(0, container);
        SidecarVolumes.add(plan.secrets(), CopyOnWrite.arrayIn(spec, "volumes"));
        CopyOnWrite.objectIn(metadata, "labels").put(SlotlessNames.INJECTED, SlotlessNames.INJECTED_VALUE);
        CopyOnWrite.objectIn(metadata, "annotations")
                .put(SlotlessNames.STATUS, json(InjectionStatus.of(version, decision, json(container))));
        return result;
    }

    private Bootstrap bootstrap(InjectionPlan plan) {
        List<BootstrapHost> hosts = plan.hosts().stream()
                .map(host -> new BootstrapHost(
                        host.host().fullName(),
                        host.address(),
                        host.listenPort(),
                        host.host().fullName(),
                        host.upstreamPort(),
                        host.namespace(),
                        host.destination() == null ? null : host.destination().withoutSecrets()))
                .toList();
        return new Bootstrap(Bootstrap.CURRENT_VERSION, dns.domain(), hosts);
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }
}
