package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvRewriteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REDIS_HOST",
                "redis.host",
                "CACHE_ADDR",
                "REDIS",
                "SESSION_REDIS",
                "REDIS_NODE_1",
                "url",
                "REDIS_HOSTS"
            })
    void loneWordIsAHostInVariablesCalledAfterAnAddress(String variable) {
        assertThat(covers("auto", variable, "redis")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CACHE_TYPE", "SPRING_PROFILES_ACTIVE", "GHOST", "APP", "HOSTED_BY"})
    void loneWordIsJustAWordElsewhere(String variable) {
        assertThat(covers("auto", variable, "redis")).isFalse();
        assertThat(covers("auto", variable, "redis:6379")).isTrue();
        assertThat(covers("auto", variable, "redis.shop")).isTrue();
        assertThat(covers("auto", variable, "redis://redis")).isTrue();
    }

    @Test
    void offCoversNothing() {
        assertThat(covers("off", "REDIS_HOST", "redis")).isFalse();
    }

    @Test
    void namesCoverTheseVariablesOnly() {
        assertThat(covers("CACHE_TYPE, OTHER", "CACHE_TYPE", "redis")).isTrue();
        assertThat(covers("CACHE_TYPE, OTHER", "REDIS_HOST", "redis")).isFalse();
    }

    @Test
    void namesThatNoVariableHasAreKnown() {
        EnvRewrite.Named named = (EnvRewrite.Named) EnvRewrite.parse("A, B ,C,");

        assertThat(named.missingIn(Set.of("B"))).containsExactly("A", "C");
    }

    private static boolean covers(String annotation, String variable, String value) {
        return EnvRewrite.parse(annotation)
                .covers(variable, HostReferences.plain(value).get(0));
    }
}
