package io.slotless.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
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

    private static final ObjectMapper YAML = new YAMLMapper();

    private final RedisDestinationSpec spec = read(WITH_PASSWORD).spec();

    @Test
    void theCopyWithoutSecretsLacksThePasswordAndNothingThatASidecarNeeds() {
        DestinationSnapshot copy = read(WITH_PASSWORD).withoutSecrets();

        assertThat(copy.spec())
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
        assertThat(copy.metadata())
                .isEqualTo(new ObjectMetadata(
                        "redis", "redis-single", "0b5c", "2026-11-22T10:00:00Z", null, 3L, Map.of()));
        assertThat(RedisDestinations.isPasswordWithheld(copy.spec())).isTrue();
    }

    @Test
    void noPlaceOfTheCopyHoldsThePassword() throws JsonProcessingException {
        String json = YAML.writeValueAsString(read(WITH_PASSWORD).withoutSecrets());

        assertThat(json)
                .contains("redis-single")
                .doesNotContain("s3cret")
                .doesNotContain("managedFields")
                .doesNotContain("annotations")
                .doesNotContain("status");
    }

    @Test
    void theOriginalKeepsItsPassword() {
        RedisDestinations.withoutSecrets(spec);

        assertThat(spec).isEqualTo(read(WITH_PASSWORD).spec());
        assertThat(RedisDestinations.isPasswordWithheld(spec)).isFalse();
    }

    @Test
    void whatHasNoPasswordIsCopiedWhole() {
        DestinationSnapshot cluster = read(WITH_PASSWORD.replaceAll("(?s) *auth:.*s3cret\n *disc", "        disc"));

        assertThat(cluster.withoutSecrets().spec()).isEqualTo(cluster.spec());
        assertThat(new DestinationSnapshot(cluster.metadata(), null)
                        .withoutSecrets()
                        .spec())
                .isNull();
    }

    @Test
    void aPasswordIsNeverPrinted() {
        assertThat(read(WITH_PASSWORD).metadata().annotations().toString()).contains("s3cret");
        assertThat(read(WITH_PASSWORD).toString()).contains("app").doesNotContain("s3cret");
    }

    @Test
    void settingsAreFoundWhereThereAreSome() {
        assertThat(RedisDestinations.redis(spec)).map(RedisSettings::mode).contains(RedisMode.CLUSTER);
        assertThat(RedisDestinations.tcp(spec)).map(TcpSettings::connectTimeout).contains("1s");
        assertThat(RedisDestinations.tls(spec)).map(TlsSettings::mode).contains(TlsMode.SIMPLE);
        assertThat(RedisDestinations.redis(null)).isEmpty();
        assertThat(RedisDestinations.tcp(null)).isEmpty();
        assertThat(RedisDestinations.tls(null)).isEmpty();
    }

    private static DestinationSnapshot read(String yaml) {
        try {
            return YAML.readValue(yaml, DestinationSnapshot.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
