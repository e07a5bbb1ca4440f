package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionDeciderTest {

    private static final String REDIS = """
            ---
            {kind: RedisDestination, apiVersion: redis.aeraki.io/v1alpha1,
             metadata: {name: cache, namespace: shop}, spec: {host: cache}}
            """;
    private static final String NAMESPACE =
            "{kind: Namespace, apiVersion: v1, metadata: {name: shop, labels: {slotless.io/injection: %s}}}\n";
    private static final TestCluster CLUSTER = TestCluster.of(NAMESPACE.formatted("disabled") + REDIS);
    private static final TestCluster ENABLED = TestCluster.of(NAMESPACE.formatted("enabled") + REDIS);

    @ParameterizedTest
    @CsvSource({
        // namespace, label, annotation, reason
        "disabled, '', '', NOT_ASKED",
        "disabled, '', true, INJECTED",
        "disabled, true, false, INJECTED",
        "enabled, '', '', INJECTED",
        "enabled, '', false, OPTED_OUT",
        "enabled, false, true, OPTED_OUT",
        "enabled, yes, true, BAD_INJECT_VALUE",
        "enabled, '', True, BAD_INJECT_VALUE",
    })
    void labelWinsOverAnnotationAndPodOverNamespace(String namespace, String label, String annotation, Reason reason) {
        String pod = "{metadata: {labels: {%s}, annotations: {%s}}, spec: {containers: [{name: app}]}}"
                .formatted(inject(label), inject(annotation));
        TestCluster cluster = namespace.equals("enabled") ? ENABLED : CLUSTER;

        assertThat(TestPods.DECIDER.decide(TestPods.pod("shop", pod), cluster).reason())
                .isEqualTo(reason);
    }

    private static String inject(String value) {
        return value.isEmpty() ? "" : "slotless.io/inject: \"" + value + "\"";
    }

    @Test
    void namespaceThatIsNotKnownAsksForNothing() {
        assertThat(TestPods.DECIDER.decide(pod("", ""), TestCluster.empty()).reason())
                .isEqualTo(Reason.NOT_ASKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNetwork: true                                            | HOST_NETWORK",
                "os: {name: windows}                                          | WINDOWS",
                "containers: [{name: slotless}]                               | NAME_TAKEN",
                "containers: [{name: a, ports: [{containerPort: 6379}]}]      | PORT_IN_USE",
                "containers: [{name: a, ports: [{containerPort: 15379}]}]     | PORT_IN_USE",
            })
    void podThatAsksAndCannotBeInjectedIsToldWhy(String spec, Reason reason) {
        Decision decision = decide("slotless.io/inject: \"true\"", spec);

        assertThat(decision).isInstanceOf(Decision.Skip.class);
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.warnings()).extracting(Finding::reason).containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource({"app, INJECTED", "slotless, NAME_TAKEN"})
    void labelOfOursThatItsUserWroteDoesNotCountAsInjection(String container, Reason reason) {
        String pod = "{metadata: {labels: {slotless.io/injected: \"true\", slotless.io/inject: \"true\"}},"
                + " spec: {containers: [{name: " + container + "}]}}";

        assertThat(TestPods.DECIDER.decide(TestPods.pod("shop", pod), CLUSTER).reason())
                .isEqualTo(reason);
    }

    @Test
    void udpPortIsNoConflict() {
        Decision decision = decide(
                "slotless.io/inject: \"true\"",
                "containers: [{name: a, ports: [{containerPort: 6379, protocol: UDP}]}]");

        assertThat(decision.reason()).isEqualTo(Reason.INJECTED);
    }

    @Test
    void mirrorPodIsSkipped() {
        assertThat(decide("{slotless.io/inject: \"true\", kubernetes.io/config.mirror: abc}", "")
                        .reason())
                .isEqualTo(Reason.MIRROR_POD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "slotless-system"})
    void excludedNamespaceIsSkipped(String namespace) {
        Pod pod = new Pod(pod("slotless.io/inject: \"true\"", "").tree(), namespace);

        assertThat(TestPods.DECIDER.decide(pod, CLUSTER).reason()).isEqualTo(Reason.EXCLUDED_NAMESPACE);
    }

    @Test
    void podOfANamespaceThatAsksIsNotToldThatItHasNoRedis() {
        TestCluster noRedis = TestCluster.of(NAMESPACE.formatted("enabled"));

        Decision decision = TestPods.DECIDER.decide(pod("", ""), noRedis);

        assertThat(decision.reason()).isEqualTo(Reason.NO_HOSTS);
        assertThat(decision.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "a b",
                "redis:0",
                "redis:65536",
                "redis:x",
                "10.0.0.1",
                "redis://redis",
                "a:1:2",
                "a_b"
            })
    void hostsThatCannotBeReadAreDeniedToAPodThatAsks(String hosts) {
        Decision decision = decide("{slotless.io/inject: \"true\", slotless.io/hosts: \"" + hosts + "\"}", "");

        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(decision.reason()).isEqualTo(Reason.BAD_HOSTS);
    }

    @Test
    void hostsThatCannotBeReadDoNotStopAPodThatOnlyItsNamespaceAsksFor() {
        Decision decision = TestPods.DECIDER.decide(pod("slotless.io/hosts: a b", ""), ENABLED);

        assertThat(decision).isInstanceOf(Decision.Skip.class);
        assertThat(decision.warnings()).extracting(Finding::reason).containsExactly(Reason.BAD_HOSTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sidecar-cpu-limit: -1",
                "sidecar-memory-request: 1GB",
                "sidecar-native: maybe",
                "sidecar-image: \"a b\"",
                "sidecar-image-pull-policy: always",
                "sidecar-log-level: loud",
                "sidecar-memory-request: 1Gi",
            })
    void settingThatCannotBeFollowedIsDeniedToAPodThatAsks(String setting) {
        Decision decision = decide("{slotless.io/inject: \"true\", slotless.io/" + setting + "}", "");

        assertThat(decision).isInstanceOf(Decision.Deny.class);
        assertThat(((Decision.Deny) decision).finding().message()).contains("slotless.io/sidecar-");
    }

    @Test
    void podOverNamespaceOverDefault() {
        TestCluster cluster = TestCluster.of("""
                kind: Namespace
                apiVersion: v1
                metadata:
                  name: shop
                  annotations:
                    slotless.io/sidecar-cpu-request: 11m
                    slotless.io/sidecar-memory-request: 11Mi
                """ + REDIS);

        InjectionPlan plan = plan("{slotless.io/inject: \"true\", slotless.io/sidecar-cpu-request: 22m}", "", cluster);

        assertThat(plan.sidecar().cpuRequest()).hasToString("22m");
        assertThat(plan.sidecar().memoryRequest()).hasToString("11Mi");
        assertThat(plan.sidecar().memoryLimit()).isEqualTo(TestPods.SIDECAR.memoryLimit());
    }

    @Test
    void unknownAnnotationOfOursIsTold() {
        Decision decision = decide("{slotless.io/inject: \"true\", slotless.io/host: cache}", "");

        assertThat(decision).isInstanceOf(Decision.Inject.class);
        assertThat(decision.warnings()).containsExactly(new Finding(Reason.UNKNOWN_ANNOTATION, "slotless.io/host"));
    }

    @Test
    void hostThatTheAppSpeaksTlsToIsNotTakenOver() {
        Decision decision = decide(
                "{slotless.io/inject: \"true\", slotless.io/hosts: \"cache, other\"}",
                "containers: [{name: a, env: [{name: X, value: 'rediss://cache.shop:6379'}]}]");

        assertThat(((Decision.Inject) decision).plan().hosts())
                .extracting(host -> host.host().fullName())
                .containsExactly("other.shop.svc.cluster.local");
        assertThat(decision.warnings())
                .containsExactly(new Finding(Reason.APP_SPEAKS_TLS, "cache.shop.svc.cluster.local"));
    }

    @Test
    void hostWithAnAliasOfItsOwnIsNotTakenOver() {
        Decision decision =
                decide("slotless.io/inject: \"true\"", "hostAliases: [{ip: 10.0.0.1, hostnames: [Cache.shop]}]");

        assertThat(decision.reason()).isEqualTo(Reason.HAS_HOST_ALIAS);
        assertThat(decision.warnings()).hasSize(1);
    }

    @Test
    void sameHostInTwoSpellingsIsOneHostAndTwoPortsShareItsAddress() {
        InjectionPlan plan = plan(
                "{slotless.io/inject: \"true\", slotless.io/hosts: \"cache, cache.shop:6380, CACHE.shop.svc, other\"}",
                "",
                CLUSTER);

        assertThat(plan.hosts())
                .extracting(host -> host.address() + ":" + host.listenPort())
                .containsExactly("127.0.0.1:6379", "127.0.0.1:6380", "127.0.0.2:6379");
    }

    @Test
    void tooManyHostsAreNotTakenOver() {
        String hosts =
                String.join(",", IntStream.range(0, 255).mapToObj(i -> "h" + i).toList());

        assertThat(decide("{slotless.io/inject: \"true\", slotless.io/hosts: \"" + hosts + "\"}", "")
                        .reason())
                .isEqualTo(Reason.TOO_MANY_HOSTS);
    }

    @Test
    void beforeKubernetes129TheSidecarIsTheFirstContainerAndInitContainersAreWarnedOf() {
        Pod pod = pod("slotless.io/inject: \"true\"", "initContainers: [{name: init}]");

        Decision decision = TestPods.DECIDER.decide(pod, CLUSTER.beforeNativeSidecars());

        assertThat(decision.warnings()).containsExactly(Finding.of(Reason.INIT_CONTAINERS_FIRST));
        JsonNode injected = TestPods.INJECTOR.inject(pod, (Decision.Inject) decision);
        assertThat(injected.at("/spec/initContainers")).hasSize(1);
        JsonNode sidecar = injected.at("/spec/containers/0");
        assertThat(sidecar.path("name").asText()).isEqualTo("slotless");
        assertThat(sidecar.has("restartPolicy")).isFalse();
        assertThat(sidecar.at("/lifecycle/postStart/exec/command"))
                .extracting(JsonNode::asText)
                .contains("io.slotless.sidecar.app.Wait", "http://127.0.0.1:15379/q/health/ready");
    }

    @Test
    void nativeAnnotationOverridesWhatTheServerCan() {
        InjectionPlan plan = plan("{slotless.io/inject: \"true\", slotless.io/sidecar-native: \"false\"}", "", CLUSTER);

        assertThat(plan.placement()).isEqualTo(SidecarPlacement.FIRST_CONTAINER);
    }

    @Test
    void olderDestinationCountsAndTheNameDecidesATie() {
        String two = destination("b", "2026-01-01T00:00:00Z") + destination("a", "2026-01-02T00:00:00Z");
        String tie = destination("b", "2026-01-01T00:00:00Z") + destination("a", "2026-01-01T00:00:00Z");

        assertThat(destinationFor(two)).isEqualTo("b");
        assertThat(destinationFor(tie)).isEqualTo("a");
    }

    private static String destination(String name, String created) {
        return """
                ---
                {kind: RedisDestination, apiVersion: redis.aeraki.io/v1alpha1,
                 metadata: {name: %s, namespace: shop, creationTimestamp: "%s"}, spec: {host: cache.shop.svc}}
                """.formatted(name, created);
    }

    private static String destinationFor(String objects) {
        InjectionPlan plan =
                plan("slotless.io/inject: \"true\"", "", TestCluster.of(NAMESPACE.formatted("disabled") + objects));
        assertThat(plan.hosts()).hasSize(1);
        return Objects.requireNonNull(plan.hosts().get(0).destination()).name();
    }

    @Test
    void namedVariablesThatAreNotLiteralAreTold() {
        Decision decision = decide(
                "{slotless.io/inject: \"true\", slotless.io/rewrite-env: \"A,B\"}",
                "containers: [{name: a, env: [{name: A, value: cache}, {name: B, valueFrom: {}}]}]");

        assertThat(decision.warnings()).containsExactly(new Finding(Reason.NOT_A_LITERAL, "B"));
    }

    @Test
    void warningsFitIntoWhatKubernetesShows() {
        List<String> messages = Arrays.stream(Reason.values())
                .map(reason -> new Finding(reason, "x".repeat(300)).message())
                .toList();

        assertThat(messages).allSatisfy(message -> assertThat(message).hasSizeLessThanOrEqualTo(256));
    }

    private static Decision decide(String annotations, String spec) {
        return TestPods.DECIDER.decide(pod(annotations, spec), CLUSTER);
    }

    private static InjectionPlan plan(String annotations, String spec, Catalogue catalogue) {
        Decision decision = TestPods.DECIDER.decide(pod(annotations, spec), catalogue);
        assertThat(decision).isInstanceOf(Decision.Inject.class);
        return ((Decision.Inject) decision).plan();
    }

    private static Pod pod(String annotations, String spec) {
        String braced = annotations.startsWith("{") ? annotations : "{" + annotations + "}";
        String content = spec.contains("containers: [") && !spec.startsWith("init")
                ? spec
                : "containers: [{name: app}]" + (spec.isEmpty() ? "" : ", " + spec);
        return TestPods.pod("shop", "{metadata: {annotations: %s}, spec: {%s}}".formatted(braced, content));
    }
}
