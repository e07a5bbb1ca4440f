package io.slotless.webhook.app;

import io.fabric8.kubernetes.api.model.Quantity;
import io.slotless.webhook.injection.ClusterDns;
import io.slotless.webhook.injection.InjectionRules;
import io.slotless.webhook.injection.SidecarSettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** From configuration to rules. */
final class InjectionRulesFactory {

    private InjectionRulesFactory() {}

    static InjectionRules rules(WebhookConfig config) {
        Set<String> excluded = new HashSet<>(config.excludedNamespaces());
        config.namespace().ifPresent(excluded::add);
        return new InjectionRules(excluded, sidecar(config.sidecar()), new ClusterDns(config.clusterDomain()));
    }

    private static SidecarSettings sidecar(WebhookConfig.Sidecar sidecar) {
        return new SidecarSettings(
                sidecar.image(),
                sidecar.imagePullPolicy(),
                new Quantity(sidecar.cpuRequest()),
                new Quantity(sidecar.cpuLimit()),
                new Quantity(sidecar.memoryRequest()),
                new Quantity(sidecar.memoryLimit()),
                sidecar.logLevel().toUpperCase(Locale.ROOT),
                sidecar.nativeSidecar(),
                sidecar.user(),
                sidecar.waitCommand());
    }
}
