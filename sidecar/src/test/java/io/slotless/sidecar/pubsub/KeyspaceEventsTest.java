package io.slotless.sidecar.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.RespValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyspaceEventsTest {

    @ParameterizedTest
    @ValueSource(strings = {"__keyspace@0__:k", "__keyevent@0__:set", "__keyevent@"})
    void theirChannelsAreThoseOfEveryNode(String channel) {
        assertThat(ofEveryNode(SubscriptionKind.CHANNEL, channel)).isTrue();
        assertThat(ofEveryNode(SubscriptionKind.SHARD, channel)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "news", "__keyspace", "__keyevent*", "_"})
    void otherChannelsAreNot(String channel) {
        assertThat(ofEveryNode(SubscriptionKind.CHANNEL, channel)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "__key*",
                "__keyevent@*__:expired",
                "__keyevent@0__:expired",
                "?_keyspace@0__:x",
                "[_]_key*",
                "\\__keyspace@*",
                "__keyspace@0__:*",
                "_*"
            })
    void patternsThatMayMatchThemAreThoseOfEveryNode(String pattern) {
        assertThat(ofEveryNode(SubscriptionKind.PATTERN, pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "news",
                "news*",
                "__keyspac",
                "__x*",
                "__keyspacex*",
                "a*__keyevent@",
                "[abc]*",
                "[_]x",
                "__keyspac?",
                "\\n*"
            })
    void otherPatternsAreNot(String pattern) {
        assertThat(ofEveryNode(SubscriptionKind.PATTERN, pattern)).isFalse();
    }

    private static boolean ofEveryNode(SubscriptionKind kind, String name) {
        return new Subscription(kind, RespValue.bulk(name)).isOfEveryNode();
    }
}
