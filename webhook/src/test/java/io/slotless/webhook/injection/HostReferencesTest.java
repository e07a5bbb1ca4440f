package io.slotless.webhook.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis                                  | redis",
                "redis:6379                             | redis:6379",
                "redis.shop.svc.cluster.local.:6379     | redis.shop.svc.cluster.local.:6379",
                "REDIS.shop                             | REDIS.shop",
                "a:1,b:2 , c                            | a:1 b:2 c",
                "redis://redis                          | redis",
                "REDIS://redis:6379/0                   | redis:6379",
                "redis://user:pa@ss:w,rd@redis:6379/0   | redis:6379",
                "redis://:secret@redis?timeout=1s       | redis",
                "redis://a:1,b:2/0                      | a:1 b:2",
                "redis://a:1/0,redis://:p@b:2/1         | a:1 b:2",
                "a:1,redis://b:2                        | a:1 b:2",
                "redis://redis:6379/0?next=other:1      | redis:6379",
            })
    void hostsAreFound(String value, String expected) {
        assertThat(found(value)).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "$(REDIS_HOST):6379",
                "redis://$(REDIS_HOST):6379",
                "http://redis:6379",
                "rediss://redis:6379",
                "redis cluster",
                "redis:port",
                "{\"host\": \"redis\"}",
                "redis://u:p/w@redis:6379",
                "[::1]:6379",
            })
    void whatIsNotSurelyAHostIsLeftAlone(String value) {
        assertThat(found(value)).isEmpty();
    }

    @Test
    void hostsSpokenToByTlsAreFoundInAnyText() {
        String text = "{\"url\":\"rediss://u:p@a:6379/0\"} --redis=REDISS://b,c:1";

        assertThat(HostReferences.tls(text)).extracting(HostReference::host).containsExactly("a", "b", "c");
    }

    @Test
    void positionsAreThoseOfTheHostAlone() {
        String value = "redis://user:redis@redis:6379/redis";

        HostReference reference = HostReferences.plain(value).get(0);

        assertThat(value.substring(0, reference.start())).isEqualTo("redis://user:redis@");
        assertThat(value.substring(reference.end())).isEqualTo(":6379/redis");
    }

    private static List<String> found(String value) {
        return HostReferences.plain(value).stream()
                .map(reference -> reference.host()
                        + (reference.port().isPresent() ? ":" + reference.port().getAsInt() : ""))
                .toList();
    }
}
