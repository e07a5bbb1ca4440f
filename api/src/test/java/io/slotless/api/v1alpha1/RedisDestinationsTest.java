package io.slotless.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedisDestinationsTest {

    private static final String WITH_PASSWORD = """
            apiVersion: redis.aeraki.io/v1alpha1
            kind: RedisDestination
            metadata:
              name: redis-single
              namespace: redis
              uid: 0b5c
              generation: 3
              creationTimestamp: "2026-11-22T10:00:00Z"
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"password":"s3cret"}}'
              managedFields:
                - manager: kubectl
            spec:
              host: redis-single.redis.svc.cluster.local
              port: 6380
              trafficPolicy:
                connectionPool:
                  tcp:
                    connectTimeout: 1s
                  redis:
                    mode: CLUSTER
                    auth:
                      plain:
                        username: app
                        password: s3cret
                    discoveryEndpoints: [redis-0, redis-1:7000]
                    presentAs: CLUSTER
                tls:
                  mode: SIMPLE
            status:
              observedGeneration: 3
              shards: 3
            """;

    private final RedisDestination destination = Manifests.destination(WITH_PASSWORD);

    @Test
    void theCopyWithoutSecretsLacksThePasswordAndNothingThatASidecarNeeds() {
        RedisDestination copy = RedisDestinations.withoutSecrets(destination);

        assertThat(copy.getSpec())
                .isEqualTo(new RedisDestinationSpec(
                        "redis-single.redis.svc.cluster.local",
                        6380,
                        new TrafficPolicy(
                                new ConnectionPool(
                                        new TcpSettings(null, "1s", null),
                                        new RedisSettings(
                                                RedisMode.CLUSTER,
                                                new Auth(null, new PlainAuth("app", null)),
                                                List.of("redis-0", "redis-1:7000"),
                                                PresentAs.CLUSTER)),
                                new TlsSettings(TlsMode.SIMPLE, null, null, false))));
        assertThat(copy.getMetadata().getName()).isEqualTo("redis-single");
        assertThat(copy.getMetadata().getNamespace()).isEqualTo("redis");
        assertThat(copy.getMetadata().getGeneration()).isEqualTo(3);
        assertThat(copy.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(RedisDestinations.isPasswordWithheld(copy)).isTrue();
    }

    @Test
    void noPlaceOfTheCopyHoldsThePassword() {
        String json = Manifests.SERIALIZATION.asJson(RedisDestinations.withoutSecrets(destination));

        assertThat(json)
                .doesNotContain("s3cret")
                .doesNotContain("managedFields")
                .doesNotContain("annotations")
                .doesNotContain("status");
    }

    @Test
    void theOriginalKeepsItsPassword() {
        RedisDestinations.withoutSecrets(destination);

        assertThat(destination).isEqualTo(Manifests.destination(WITH_PASSWORD));
        assertThat(RedisDestinations.isPasswordWithheld(destination)).isFalse();
    }

    @Test
    void whatHasNoPasswordIsCopiedWhole() {
        RedisDestination cluster =
                Manifests.destination(WITH_PASSWORD.replaceAll("(?s) *auth:.*s3cret\n *disc", "        disc"));

        assertThat(RedisDestinations.withoutSecrets(cluster).getSpec()).isEqualTo(cluster.getSpec());
        assertThat(RedisDestinations.withoutSecrets(new RedisDestination()).getSpec())
                .isNull();
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThat(destination.getSpec().toString()).contains("app").doesNotContain("s3cret");
        assertThat(destination.toString()).doesNotContain("s3cret");
    }

    @Test
    void settingsAreFoundWhereThereAreSome() {
        RedisDestination empty = new RedisDestination();

        assertThat(RedisDestinations.redis(destination))
                .map(RedisSettings::mode)
                .contains(RedisMode.CLUSTER);
        assertThat(RedisDestinations.tcp(destination))
                .map(TcpSettings::connectTimeout)
                .contains("1s");
        assertThat(RedisDestinations.tls(destination)).map(TlsSettings::mode).contains(TlsMode.SIMPLE);
        assertThat(RedisDestinations.redis(empty)).isEmpty();
        assertThat(RedisDestinations.tcp(empty)).isEmpty();
        assertThat(RedisDestinations.tls(empty)).isEmpty();
    }
}
