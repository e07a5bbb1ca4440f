package io.slotless.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.slotless.api.v1alpha1.Auth;
import io.slotless.api.v1alpha1.ConnectionPool;
import io.slotless.api.v1alpha1.DiscoveryEndpoint;
import io.slotless.api.v1alpha1.Fault;
import io.slotless.api.v1alpha1.FaultType;
import io.slotless.api.v1alpha1.GoDuration;
import io.slotless.api.v1alpha1.KeyMatch;
import io.slotless.api.v1alpha1.Mirror;
import io.slotless.api.v1alpha1.Percentage;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.PresentAs;
import io.slotless.api.v1alpha1.ReadPolicy;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisRoute;
import io.slotless.api.v1alpha1.RedisServiceSettings;
import io.slotless.api.v1alpha1.RedisServiceSpec;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.RouteMatch;
import io.slotless.api.v1alpha1.RouteTarget;
import io.slotless.api.v1alpha1.SecretReference;
import io.slotless.api.v1alpha1.TcpKeepalive;
import io.slotless.api.v1alpha1.TcpSettings;
import io.slotless.api.v1alpha1.TlsMode;
import io.slotless.api.v1alpha1.TlsSettings;
import io.slotless.api.v1alpha1.TrafficPolicy;
import io.slotless.api.v1alpha1.Validation;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of every object, the rules in Java say what the rules in CEL say; and what they let through can be parsed. */
class RulesProperties {

    private static final ApiServerRules DESTINATIONS = rules("redisdestinations");
    private static final ApiServerRules SERVICES = rules("redisservices");

    @Property(tries = 500)
    void destinationsAreJudgedAlike(@ForAll("destinationSpecs") RedisDestinationSpec spec) {
        RedisDestination destination = new RedisDestination();
        destination.setSpec(spec);

        assertThat(Validation.problems(spec))
                .containsExactlyInAnyOrderElementsOf(DESTINATIONS.problems(json(destination)));
    }

    @Property(tries = 500)
    void servicesAreJudgedAlike(@ForAll("serviceSpecs") RedisServiceSpec spec) {
        RedisService service = new RedisService();
        service.setSpec(spec);

        assertThat(Validation.problems(spec)).containsExactlyInAnyOrderElementsOf(SERVICES.problems(json(service)));
    }

    @Property
    void everyDurationThatIsLetThroughIsParsed(@ForAll("durations") String text) {
        if (text.length() <= GoDuration.MAX_LENGTH && text.matches(GoDuration.PATTERN)) {
            assertThat(GoDuration.parse(text).isNegative()).isFalse();
        }
    }

    @Property
    void everyEndpointThatIsLetThroughIsParsed(@ForAll("endpoints") String text) {
        if (text.matches(DiscoveryEndpoint.PATTERN)) {
            assertThat(DiscoveryEndpoint.parse(text).host()).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<RedisDestinationSpec> destinationSpecs() {
        return Combinators.combine(hosts().injectNull(0.1), ports(), policies().injectNull(0.1))
                .as(RedisDestinationSpec::new);
    }

    @Provide
    Arbitrary<RedisServiceSpec> serviceSpecs() {
        return Combinators.combine(
                        hosts().list().ofMaxSize(3), settings(), routes().list().ofMaxSize(3), faults())
                .as(RedisServiceSpec::new);
    }

    @Provide
    Arbitrary<String> durations() {
        Arbitrary<String> part = Combinators.combine(
                        Arbitraries.of("0", "5", "1.5", ".5", "2.", "", "-1", "99999999999999"),
                        Arbitraries.of("ns", "us", "µs", "μs", "ms", "s", "m", "h", "d", "", " s"))
                .as(String::concat);
        return part.list().ofMinSize(0).ofMaxSize(3).map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> endpoints() {
        return Combinators.combine(
                        hosts(), Arbitraries.of("", ":", ":0", ":1", ":6379", ":65535", ":65536", ":070", ":x"))
                .as(String::concat);
    }

    private Arbitrary<String> hosts() {
        return Arbitraries.of(
                "redis",
                "redis.svc.cluster.local",
                "10.0.0.1",
                "_x",
                "Redis",
                "",
                "-redis",
                "redis-",
                "redis.",
                "re dis",
                "redis:1",
                "[::1]",
                "::1",
                "[x]",
                "é",
                "redis\n",
                "a".repeat(253),
                "a".repeat(254));
    }

    private Arbitrary<String> names() {
        return Arbitraries.of("credentials", "a.b-c", "", "UPPER", "a/b", "..", ".a", "..a", "a_b", "a".repeat(254))
                .injectNull(0.2);
    }

    private Arbitrary<Integer> ports() {
        return Arbitraries.of(-1, 0, 1, 6379, 65_535, 65_536, Integer.MAX_VALUE).injectNull(0.3);
    }

    private Arbitrary<TrafficPolicy> policies() {
        Arbitrary<TcpSettings> tcp = Combinators.combine(
                        ports(), durations().injectNull(0.2), durations().injectNull(0.2))
                .as((number, timeout, time) ->
                        new TcpSettings(number, timeout, new TcpKeepalive(number, time, timeout)));
        Arbitrary<RedisSettings> redis = Combinators.combine(
                        Arbitraries.of(RedisMode.class).injectNull(0.3),
                        auths().injectNull(0.3),
                        endpoints().list().ofMaxSize(2),
                        Arbitraries.of(PresentAs.class).injectNull(0.3))
                .as(RedisSettings::new);
        Arbitrary<TlsSettings> tls = Combinators.combine(
                        Arbitraries.of(TlsMode.class).injectNull(0.3),
                        hosts().injectNull(0.3),
                        names(),
                        Arbitraries.of(true, false))
                .as(TlsSettings::new);
        return Combinators.combine(tcp.injectNull(0.3), redis.injectNull(0.3), tls.injectNull(0.3))
                .as((t, r, s) -> new TrafficPolicy(new ConnectionPool(t, r), s));
    }

    private Arbitrary<Auth> auths() {
        Arbitrary<SecretReference> secret =
                Combinators.combine(names(), names(), names()).as(SecretReference::new);
        Arbitrary<PlainAuth> plain = Combinators.combine(names(), names()).as(PlainAuth::new);
        return Combinators.combine(secret.injectNull(0.5), plain.injectNull(0.5))
                .as(Auth::new);
    }

    private Arbitrary<RedisServiceSettings> settings() {
        Arbitrary<Long> numbers =
                Arbitraries.of(-1L, 0L, 1024L, 0xFFFF_FFFFL, 0x1_0000_0000L).injectNull(0.3);
        return Combinators.combine(
                        durations().injectNull(0.2),
                        durations().injectNull(0.2),
                        numbers,
                        numbers,
                        Arbitraries.of(ReadPolicy.class).injectNull(0.2),
                        auths().injectNull(0.3))
                .as((timeout, flush, size, connections, policy, auth) -> new RedisServiceSettings(
                        true, timeout, false, size, flush, connections, true, false, policy, auth));
    }

    private Arbitrary<RedisRoute> routes() {
        Arbitrary<Mirror> mirrors = Combinators.combine(targets(), percentages(), Arbitraries.of(true, false))
                .as(Mirror::new);
        return Combinators.combine(targets(), mirrors.list().ofMaxSize(2))
                .as((target, mirror) -> new RedisRoute(new RouteMatch(new KeyMatch("a", true)), target, mirror));
    }

    private Arbitrary<RouteTarget> targets() {
        return Combinators.combine(hosts().injectNull(0.2), ports())
                .as(RouteTarget::new)
                .injectNull(0.2);
    }

    private Arbitrary<Percentage> percentages() {
        return Arbitraries.of(-0.1, 0.0, 50.0, 100.0, 100.1)
                .injectNull(0.2)
                .map(Percentage::new)
                .injectNull(0.2);
    }

    private Arbitrary<List<Fault>> faults() {
        return Combinators.combine(
                        Arbitraries.of(FaultType.class).injectNull(0.3),
                        percentages(),
                        durations().injectNull(0.3))
                .as((type, percentage, delay) -> new Fault(type, percentage, delay, List.of("GET")))
                .list()
                .ofMaxSize(3);
    }

    private static JsonNode json(CustomResource<?, ?> object) {
        return Manifests.SERIALIZATION.unmarshal(Manifests.SERIALIZATION.asJson(object), JsonNode.class);
    }

    private static ApiServerRules rules(String plural) {
        return new ApiServerRules(CustomResourceDefinitions.generate().get(plural + ".redis.aeraki.io-v1.yml"));
    }
}
