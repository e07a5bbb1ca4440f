package io.slotless.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.slotless.api.v1alpha1.PlainAuth;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.RedisDestinations;
import io.slotless.api.v1alpha1.RedisMode;
import io.slotless.api.v1alpha1.RedisSettings;
import io.slotless.api.v1alpha1.Validation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a newer release, or a careless hand, may have written is read as far as it can be. */
class ReadingTest {

    @Test
    void fieldsThatWeDoNotKnowAreIgnored() {
        RedisDestination destination = Manifests.destination("""
                {"spec": {"host": "redis", "weight": 1, "trafficPolicy": {"outlier": {}, "connectionPool": {"http": {}, "redis":
                 {"mode": "CLUSTER", "shards": 3}}}}, "status": {"phase": "Bound"}, "extra": []}""");

        assertThat(destination.getSpec().host()).isEqualTo("redis");
        assertThat(RedisDestinations.redis(destination.getSpec()))
                .map(RedisSettings::mode)
                .contains(RedisMode.CLUSTER);
    }

    @Test
    void oneObjectWithAnUnknownModeDoesNotSpoilTheListItIsIn() {
        List<RedisDestination> read =
                Manifests.SERIALIZATION.unmarshal("""
                        {"items": [
                          {"spec": {"host": "a", "trafficPolicy": {"connectionPool": {"redis": {"mode": "SENTINEL"}}}}},
                          {"spec": {"host": "b"}}]}""", Destinations.class).getItems();

        assertThat(RedisDestinations.redis(read.get(0).getSpec()))
                .map(RedisSettings::mode)
                .contains(RedisMode.UNRECOGNIZED);
        assertThat(Validation.problems(read.get(0).getSpec()))
                .containsExactly(
                        "spec.trafficPolicy.connectionPool.redis.mode: supported values: \"CLUSTER\", \"PROXY\","
                                + " \"STANDALONE\"");
        assertThat(Validation.problems(read.get(1).getSpec())).isEmpty();
    }

    @Test
    void nullIsAsGoodAsNothing() {
        RedisDestination destination = Manifests.destination("""
                {"spec": {"host": "redis", "port": null, "trafficPolicy": {"connectionPool": {"redis":
                 {"mode": null, "discoveryEndpoints": ["a", null]}}, "tls": null}}}""");

        assertThat(RedisDestinations.redis(destination.getSpec()))
                .contains(new RedisSettings(null, null, List.of("a"), null));
        assertThat(Manifests.destination("""
                {"spec": {"host": "redis", "trafficPolicy": {"connectionPool": {"redis": {"discoveryEndpoints": null}}}}}""").getSpec())
                .extracting(RedisDestinationSpec::host)
                .isEqualTo("redis");
    }

    @Test
    void anEmptyPasswordIsNotAMissingOne() {
        PlainAuth empty = new PlainAuth("", "");

        assertThat(Manifests.SERIALIZATION.unmarshal(Manifests.SERIALIZATION.asJson(empty), PlainAuth.class))
                .isEqualTo(empty);
    }

    private static final class Destinations extends DefaultKubernetesResourceList<RedisDestination> {}
}
