package io.slotless.sidecar.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientSubscriptionsTest {

    private final ClientSubscriptions subscriptions = new ClientSubscriptions();

    @Test
    void channelsAndPatternsAreCountedTogetherAndShardChannelsForThemselves() {
        assertThat(say("SUBSCRIBE a b")).isEqualTo("subscribe a 1, subscribe b 2");
        assertThat(say("PSUBSCRIBE a")).isEqualTo("psubscribe a 3");
        assertThat(say("SSUBSCRIBE a")).isEqualTo("ssubscribe a 1");
        assertThat(say("UNSUBSCRIBE a")).isEqualTo("unsubscribe a 2");
        assertThat(say("SUNSUBSCRIBE a")).isEqualTo("sunsubscribe a 0");
    }

    @Test
    void whatIsThereAlreadyIsConfirmedAndCountsOnce() {
        assertThat(say("SUBSCRIBE a a")).isEqualTo("subscribe a 1, subscribe a 1");
        assertThat(say("SUBSCRIBE a")).isEqualTo("subscribe a 1");
        assertThat(say("unsubscribe a a x")).isEqualTo("unsubscribe a 0, unsubscribe a 0, unsubscribe x 0");
    }

    @Test
    void withoutNamesAllOfThatKindEnd() {
        say("SUBSCRIBE a b");
        say("PSUBSCRIBE p");
        assertThat(say("UNSUBSCRIBE")).isEqualTo("unsubscribe a 2, unsubscribe b 1");
        assertThat(say("UNSUBSCRIBE")).isEqualTo("unsubscribe - 1");
        assertThat(subscriptions.isEmpty()).isFalse();
        assertThat(say("PUNSUBSCRIBE")).isEqualTo("punsubscribe p 0");
        assertThat(subscriptions.isEmpty()).isTrue();
    }

    @Test
    void onlyWhatIsNewIsAChange() {
        say("SUBSCRIBE a");
        assertThat(changes("SUBSCRIBE a b b")).containsExactly(channel("b"));
        assertThat(changes("UNSUBSCRIBE a a b")).containsExactly(channel("a"));
        assertThat(changes("UNSUBSCRIBE")).containsExactly(channel("a"));
        assertThat(changes("PUNSUBSCRIBE")).isEmpty();
    }

    @Test
    void eachProtocolHasItsForm() {
        assertThat(wire("SUBSCRIBE a", ProtocolVersion.RESP2)).isEqualTo("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n");
        assertThat(wire("SUBSCRIBE a", ProtocolVersion.RESP3)).isEqualTo(">3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n");
        assertThat(wire("PUNSUBSCRIBE", ProtocolVersion.RESP2)).isEqualTo("*3\r\n$12\r\npunsubscribe\r\n$-1\r\n:1\r\n");
        assertThat(wire("PUNSUBSCRIBE", ProtocolVersion.RESP3)).isEqualTo(">3\r\n$12\r\npunsubscribe\r\n_\r\n:1\r\n");
    }

    @Test
    void aServersOwnEndOfOneIsToldInTheClientsCount() {
        say("SSUBSCRIBE a b");
        ByteBuf out = Unpooled.buffer();
        subscriptions.revoke(new Subscription(SubscriptionKind.SHARD, RespValue.bulk("a")), out, ProtocolVersion.RESP2);
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("*3\r\n$12\r\nsunsubscribe\r\n$1\r\na\r\n:1\r\n");
    }

    private static Subscription channel(String name) {
        return new Subscription(SubscriptionKind.CHANNEL, RespValue.bulk(name));
    }

    private List<Subscription> changes(String command) {
        return subscriptions.changes(request(command));
    }

    private static SubscriptionRequest request(String command) {
        return SubscriptionRequest.of(CommandFrame.of(command.split(" ")));
    }

    private String wire(String command, ProtocolVersion protocol) {
        ByteBuf out = Unpooled.buffer();
        subscriptions.apply(request(command), out, protocol);
        return out.toString(StandardCharsets.US_ASCII);
    }

    /** The confirmations, in one line. */
    private String say(String command) {
        return wire(command, ProtocolVersion.RESP2)
                .replace("$-1\r\n", "$1\r\n-\r\n")
                .replaceAll("\\$[0-9]+\r\n", "")
                .replaceAll("^\\*3\r\n", "")
                .replace("*3\r\n", ", ")
                .replace(":", "")
                .replace("\r\n", " ")
                .replace(" , ", ", ")
                .strip();
    }
}
