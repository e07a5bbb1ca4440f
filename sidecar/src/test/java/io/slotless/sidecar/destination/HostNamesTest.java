package io.slotless.sidecar.destination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostNamesTest {

    private static final String FULL = "redis-cluster.redis.svc.cluster.local";

    @Test
    void everySpellingOfAServiceMeansItsFullName() {
        assertThat(new String[] {
                    "redis-cluster",
                    "redis-cluster.redis",
                    "redis-cluster.redis.svc",
                    "redis-cluster.redis.svc.cluster.local",
                    "Redis-Cluster.redis.svc.cluster.local."
                })
                .allMatch(host -> HostNames.canMean(host, "redis", "cluster.local", FULL));
    }

    @Test
    void aShortNameMeansTheServiceOfItsOwnNamespaceOnly() {
        assertThat(HostNames.canMean("redis-cluster", "other", "cluster.local", FULL))
                .isFalse();
    }

    @Test
    void aNameOutsideTheClusterMeansItself() {
        assertThat(HostNames.canMean("cache.example.com", "redis", "cluster.local", "cache.example.com"))
                .isTrue();
    }

    @Test
    void aFinalDotTakesTheSearchDomainsAway() {
        assertThat(HostNames.readings("redis.", "a", "cluster.local")).containsExactly("redis");
    }

    @Test
    void readingsComeInTheOrderOfTheSearchList() {
        assertThat(HostNames.readings("x.y", "a", "k8s.test"))
                .containsExactly("x.y.a.svc.k8s.test", "x.y.svc.k8s.test", "x.y.k8s.test", "x.y");
    }
}
