package io.slotless.webhook.injection;

import java.util.Set;

/**
 * What holds for every pod of the cluster.
 *
 * @param excludedNamespaces namespaces whose pods are never injected
 * @param sidecar the sidecar where neither pod nor namespace says otherwise
 * @param dns how host names resolve
 */
public record InjectionRules(Set<String> excludedNamespaces, SidecarSettings sidecar, ClusterDns dns) {
    public InjectionRules {
        excludedNamespaces = Set.copyOf(excludedNamespaces);
    }
}
