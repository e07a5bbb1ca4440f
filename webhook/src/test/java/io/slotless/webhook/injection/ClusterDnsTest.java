package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterDnsTest {

    private static final TestCluster CLUSTER = TestCluster.of("""
            {kind: Namespace, apiVersion: v1, metadata: {name: redis}}
            ---
            {kind: Service, apiVersion: v1, metadata: {name: known, namespace: unseen}, spec: {}}
            """);

    @ParameterizedTest
    @CsvSource({
        "cache, cache.shop.svc.cluster.local",
        "CACHE, cache.shop.svc.cluster.local",
        "cache.redis, cache.redis.svc.cluster.local",
        "known.unseen, known.unseen.svc.cluster.local",
        "cache.elsewhere.svc, cache.elsewhere.svc.cluster.local",
        "cache.redis.svc.cluster.local, cache.redis.svc.cluster.local",
        "cache.redis.svc.cluster.local., cache.redis.svc.cluster.local",
    })
    void serviceIsMeant(String written, String fullName) {
        RedisHost host = TestPods.DNS.resolve(written, "shop", CLUSTER).orElseThrow();

        assertThat(host.fullName()).isEqualTo(fullName);
        assertThat(host.service()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.dev",
                "my.cache.amazonaws.com",
                "cache.redis.svc.other.domain",
                "redis-0.cache.redis.svc.cluster.local"
            })
    void otherHostIsMeant(String written) {
        RedisHost host = TestPods.DNS.resolve(written, "shop", CLUSTER).orElseThrow();

        assertThat(host).isEqualTo(new RedisHost(written, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "10.0.0.1", "a..b", "-a", "a-", "a_b", "a b", "ü"})
    void notAHostName(String written) {
        assertThat(TestPods.DNS.resolve(written, "shop", CLUSTER)).isEmpty();
    }

    @Test
    void spellingsAreThoseThatResolveFromThePod() {
        RedisHost host = TestPods.DNS.resolve("cache", "shop", CLUSTER).orElseThrow();

        assertThat(TestPods.DNS.spellings(host, "shop"))
                .containsExactly("cache", "cache.shop", "cache.shop.svc", "cache.shop.svc.cluster.local");
        assertThat(TestPods.DNS.spellings(host, "other"))
                .containsExactly("cache.shop", "cache.shop.svc", "cache.shop.svc.cluster.local");
        assertThat(TestPods.DNS.spellings(new RedisHost("redis.dev", null), "shop"))
                .containsExactly("redis.dev");
    }

    @Test
    void everySpellingMeansTheSameHost() {
        RedisHost host = TestPods.DNS.resolve("cache", "redis", CLUSTER).orElseThrow();

        assertThat(TestPods.DNS.spellings(host, "redis"))
                .allSatisfy(spelling -> assertThat(TestPods.DNS.resolve(spelling, "redis", CLUSTER))
                        .contains(host));
    }
}
