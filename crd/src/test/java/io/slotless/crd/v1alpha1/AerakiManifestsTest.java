package io.slotless.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.slotless.api.v1alpha1.Fault;
import io.slotless.api.v1alpha1.FaultType;
import io.slotless.api.v1alpha1.KeyMatch;
import io.slotless.api.v1alpha1.Mirror;
import io.slotless.api.v1alpha1.Percentage;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.ReadPolicy;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisRoute;
import io.slotless.api.v1alpha1.RedisServiceSpec;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.RouteMatch;
import io.slotless.api.v1alpha1.RouteTarget;
import io.slotless.api.v1alpha1.SecretReference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of Aeraki's demo, and the one that must always work, mean to us what they mean to Aeraki. */
class AerakiManifestsTest {

    static List<Path> manifests() {
        return Manifests.in("aeraki");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everyFieldSurvivesARoundTrip(Path file) {
        for (String document : Manifests.documents(file)) {
            JsonNode written = Manifests.SERIALIZATION.unmarshal(document, JsonNode.class);
            HasMetadata object = Manifests.SERIALIZATION.unmarshal(document);
            JsonNode read = Manifests.SERIALIZATION.unmarshal(Manifests.SERIALIZATION.asJson(object), JsonNode.class);

            assertThat(read.equals(AerakiManifestsTest::compare, written))
                    .as("%s is %s", read, written)
                    .isTrue();
        }
    }

    @Test
    void theManifestOfTheMissionIsACluster() {
        RedisDestination destination =
                Manifests.destination(Manifests.text(Manifests.SAMPLES.resolve("redisdestination-cluster.yaml")));

        assertThat(destination.getMetadata().getName()).isEqualTo("external-redis");
        assertThat(destination.getMetadata().getNamespace()).isEqualTo("redis");
        assertThat(destination.getSpec().host()).isEqualTo("external-redis.redis.svc.cluster.local");
        assertThat(destination.getSpec().port()).isNull();
        assertThat(RedisDestinations.redis(destination.getSpec())).contains(cluster());
    }

    @Test
    void theStandaloneSampleDiffersInItsModeOnly() {
        String cluster = Manifests.text(Manifests.SAMPLES.resolve("redisdestination-cluster.yaml"));
        String standalone = Manifests.text(Manifests.SAMPLES.resolve("redisdestination-standalone.yaml"));

        assertThat(Manifests.destination(standalone))
                .isEqualTo(Manifests.destination(cluster.replace("mode: CLUSTER", "mode: STANDALONE")));
    }

    @Test
    void serverSidePasswordComesFromASecret() {
        List<HasMetadata> objects = Manifests.objects(file("server-side-password.yaml"));

        assertThat(objects.get(0)).isInstanceOfSatisfying(Secret.class, secret -> assertThat(
                        secret.getMetadata().getName())
                .isEqualTo("redis-service-secret"));
        assertThat(objects.get(1)).isInstanceOfSatisfying(RedisDestination.class, destination -> assertThat(
                        RedisDestinations.redis(destination.getSpec()))
                .hasValueSatisfying(redis -> {
                    assertThat(redis.mode()).isNull();
                    assertThat(redis.auth().secret())
                            .isEqualTo(new SecretReference("redis-service-secret", null, null));
                }));
    }

    @Test
    void clientSidePasswordIsOfTheService() {
        assertThat(service("client-side-password.yaml").settings().auth().plain())
                .isEqualTo(new PlainAuth(null, "testredis123!"));
    }

    @Test
    void routesKeepTheirOrderAndPrefix() {
        assertThat(service("routing.yaml").redis())
                .containsExactly(
                        new RedisRoute(
                                new RouteMatch(new KeyMatch("cluster", false)),
                                new RouteTarget("redis-cluster.redis.svc.cluster.local", null),
                                List.of()),
                        new RedisRoute(null, new RouteTarget("redis-single.redis.svc.cluster.local", null), List.of()));
    }

    @Test
    void readPolicyIsRead() {
        assertThat(service("read-policy.yaml").settings().readPolicy()).isEqualTo(ReadPolicy.REPLICA);
    }

    @Test
    void mirrorTakesAllCommands() {
        assertThat(service("traffic-mirroring.yaml").redis().get(0).mirror())
                .containsExactly(new Mirror(
                        new RouteTarget("redis-single.redis.svc.cluster.local", null), new Percentage(100.0), false));
    }

    @Test
    void faultHitsHalfOfTheGets() {
        assertThat(service("fault-injection.yaml").faults())
                .containsExactly(new Fault(FaultType.ERROR, new Percentage(50.0), null, List.of("GET")));
    }

    /** Equal but for the spelling of numbers: 50 is 50.0. */
    private static int compare(JsonNode left, JsonNode right) {
        boolean sameNumber = left.isNumber() && right.isNumber() && left.asDouble() == right.asDouble();
        return sameNumber || left.equals(right) ? 0 : 1;
    }

    private static RedisSettings cluster() {
        return new RedisSettings(RedisMode.CLUSTER, null, List.of(), null);
    }

    private static RedisServiceSpec service(String file) {
        return ((RedisService) Manifests.objects(file(file)).get(0)).getSpec();
    }

    private static Path file(String name) {
        return Path.of("src/test/resources/aeraki").resolve(name);
    }
}
