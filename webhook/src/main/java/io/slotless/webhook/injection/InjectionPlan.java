package io.slotless.webhook.injection;

import java.util.List;

/**
 * All that is to be done to a pod.
 *
 * @param hosts in the order of their loopback addresses; never empty
 * @param rewrite which env values point to the sidecar
 * @param sidecar settings of its container
 * @param placement where the container stands
 * @param secrets names of the Secrets that the sidecar needs, all of the pod's namespace
 */
public record InjectionPlan(
        List<TakenHost> hosts,
        EnvRewrite rewrite,
        SidecarSettings sidecar,
        SidecarPlacement placement,
        List<String> secrets) {

    public InjectionPlan {
        hosts = List.copyOf(hosts);
        secrets = List.copyOf(secrets);
    }
}
