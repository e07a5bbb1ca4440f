package io.slotless.webhook.injection;

import java.util.List;
import java.util.Optional;

/**
 * Resolves host names as a pod would: Kubernetes puts {@code <namespace>.svc.<domain>}, {@code svc.<domain>} and {@code
 * <domain>} in its search list (kubernetes.io/docs/concepts/services-networking/dns-pod-service).
 *
 * @param domain the cluster's domain, usually {@code cluster.local}
 */
public record ClusterDns(String domain) {

    /** What a name means in a namespace; empty when it is not a host name. */
    Optional<RedisHost> resolve(String written, String namespace, Catalogue catalogue) {
        return HostName.parse(written).map(name -> resolveName(name, namespace, catalogue));
    }

    private RedisHost resolveName(String name, String namespace, Catalogue catalogue) {
        String[] labels = withoutDomain(name).split("\\.", -1);
        return switch (labels.length) {
            case 1 -> service(new ServiceName(namespace, labels[0]));
            case 2 -> {
                // "redis.dev" may be a Service of namespace "dev" or a host on the internet.
                ServiceName service = new ServiceName(labels[1], labels[0]);
                boolean known = catalogue.service(service).isPresent()
                        || catalogue.namespace(labels[1]).isPresent();
                yield known ? service(service) : new RedisHost(name, null);
            }
            case 3 ->
                labels[2].equals("svc") ? service(new ServiceName(labels[1], labels[0])) : new RedisHost(name, null);
            default -> new RedisHost(name, null);
        };
    }

    private String withoutDomain(String name) {
        String suffix = ".svc." + domain;
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length() + ".svc".length()) : name;
    }

    private RedisHost service(ServiceName service) {
        return new RedisHost(service.name() + "." + service.namespace() + ".svc." + domain, service);
    }

    /** Every spelling of a host that resolves from a pod of the namespace, the shortest first. */
    List<String> spellings(RedisHost host, String namespace) {
        ServiceName service = host.service();
        if (service == null) {
            return List.of(host.fullName());
        }
        String withNamespace = service.name() + "." + service.namespace();
        List<String> fromAnywhere = List.of(withNamespace, withNamespace + ".svc", host.fullName());
        if (!service.namespace().equals(namespace)) {
            return fromAnywhere;
        }
        return List.of(service.name(), fromAnywhere.get(0), fromAnywhere.get(1), fromAnywhere.get(2));
    }
}
