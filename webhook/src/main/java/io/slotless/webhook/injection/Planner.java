package io.slotless.webhook.injection;

import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans the injection of one pod that asks for it and can have it. Used once. */
final class Planner {

    /** 127.0.0.1 to 127.0.0.254. */
    private static final int MOST_HOSTS = 254;

    private final InjectionRules rules;
    private final Pod pod;
    private final Optional<Namespace> namespace;
    private final Catalogue catalogue;
    private final HostSelection selection;
    private final List<Finding> warnings = new ArrayList<>();

    Planner(InjectionRules rules, Pod pod, Optional<Namespace> namespace, Catalogue catalogue) {
        this.rules = rules;
        this.pod = pod;
        this.namespace = namespace;
        this.catalogue = catalogue;
        this.selection = new HostSelection(pod, catalogue, rules.dns());
    }

    Decision plan() throws InvalidAnnotationException {
        SidecarSettings sidecar = sidecar();
        Map<RedisHost, Set<OptionalInt>> wanted = selection.wanted();
        if (wanted.keySet().stream().anyMatch(this::isThisPod)) {
            return skip(Finding.of(Reason.IS_REDIS));
        }
        List<Finding> leftOut = leaveOut(wanted);
        if (wanted.isEmpty()) {
            return skip(leftOut.isEmpty() ? Finding.of(Reason.NO_HOSTS) : leftOut.get(0));
        }
        if (wanted.size() > MOST_HOSTS) {
            return skip(new Finding(Reason.TOO_MANY_HOSTS, wanted.size() + ", at most " + MOST_HOSTS));
        }
        List<TakenHost> hosts = selection.take(wanted);
        Optional<Finding> conflict = PortConflict.find(pod, hosts);
        if (conflict.isPresent()) {
            return skip(conflict.get());
        }
        return inject(hosts, sidecar);
    }

    private Decision inject(List<TakenHost> hosts, SidecarSettings sidecar) {
        EnvRewrite rewrite =
                pod.annotation(SlotlessNames.REWRITE_ENV).map(EnvRewrite::parse).orElseGet(EnvRewrite.Auto::new);
        warnAboutEnv(rewrite, new HostRewrite(rewrite, hosts));
        SidecarPlacement placement = sidecar.nativeSidecar().placement(catalogue);
        if (placement == SidecarPlacement.FIRST_CONTAINER
                && !pod.initContainers().isEmpty()) {
            warnings.add(Finding.of(Reason.INIT_CONTAINERS_FIRST));
        }
        InjectionPlan plan = new InjectionPlan(hosts, rewrite, sidecar, placement, Secrets.of(hosts, pod.namespace()));
        return new Decision.Inject(plan, warnings);
    }

    private Decision skip(Finding finding) {
        if (!warnings.contains(finding)) {
            warnings.add(finding);
        }
        return new Decision.Skip(finding, warnings);
    }

    /** Pod over namespace over default. A namespace's mistake must not keep its pods from starting. */
    private SidecarSettings sidecar() throws InvalidAnnotationException {
        SidecarOverrides ofNamespace =
                SidecarOverrides.of(namespace.map(Namespace::annotations).orElseGet(Map::of));
        warnings.addAll(ofNamespace.problems());
        SidecarSettings settings = rules.sidecar().with(ofNamespace.values());
        if (settings.problem().isPresent()) {
            warnings.add(settings.problem().get());
            settings = rules.sidecar();
        }
        SidecarOverrides ofPod = SidecarOverrides.of(pod.annotations());
        warnings.addAll(ofPod.unknown());
        settings = settings.with(ofPod.values());
        Optional<Finding> problem = ofPod.problems().stream().findFirst().or(settings::problem);
        if (problem.isPresent()) {
            throw new InvalidAnnotationException(problem.get());
        }
        return settings;
    }

    private boolean isThisPod(RedisHost host) {
        Map<String, String> selector =
                selection.service(host).map(Service::selector).orElseGet(Map::of);
        return !selector.isEmpty()
                && Destinations.namespace(host, pod.namespace()).equals(pod.namespace())
                && pod.labels().entrySet().containsAll(selector.entrySet());
    }

    /** Removes the hosts that the sidecar could only get wrong, and warns. */
    private List<Finding> leaveOut(Map<RedisHost, Set<OptionalInt>> wanted) {
        List<Finding> leftOut = new ArrayList<>();
        Set<RedisHost> spokenToByTls = selection.spokenToByTls();
        Set<String> aliases = HostAliases.names(pod);
        for (RedisHost host : List.copyOf(wanted.keySet())) {
            boolean aliased =
                    rules.dns().spellings(host, pod.namespace()).stream().anyMatch(aliases::contains);
            if (spokenToByTls.contains(host) || aliased) {
                Reason reason = aliased ? Reason.HAS_HOST_ALIAS : Reason.APP_SPEAKS_TLS;
                leftOut.add(new Finding(reason, host.fullName()));
                wanted.remove(host);
            }
        }
        warnings.addAll(leftOut);
        return leftOut;
    }

    private void warnAboutEnv(EnvRewrite rewrite, HostRewrite hosts) {
        List<EnvValues.Literal> env = EnvValues.of(pod);
        env.stream()
                .filter(literal -> hosts.namesPortNotServed(literal.name(), literal.value()))
                .map(literal -> new Finding(Reason.PORT_NOT_SERVED, literal.name()))
                .distinct()
                .forEach(warnings::add);
        if (rewrite instanceof EnvRewrite.Named named) {
            Set<String> names = env.stream().map(EnvValues.Literal::name).collect(Collectors.toSet());
            named.missingIn(names).forEach(name -> warnings.add(new Finding(Reason.NOT_A_LITERAL, name)));
        }
    }
}
