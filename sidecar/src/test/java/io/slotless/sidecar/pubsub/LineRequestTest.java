package io.slotless.sidecar.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineRequestTest {

    @Test
    void aPingFollowsEachOne() {
        assertThat(request("SSUBSCRIBE a bc").bytes().toString(StandardCharsets.US_ASCII))
                .isEqualTo("*3\r\n$10\r\nssubscribe\r\n$1\r\na\r\n$2\r\nbc\r\n*1\r\n$4\r\nPING\r\n");
        assertThat(LineRequest.ping().bytes().toString(StandardCharsets.US_ASCII))
                .isEqualTo("*1\r\n$4\r\nPING\r\n");
    }

    @Test
    void itIsOverWhenAllIsConfirmedAndThePingAnswered() {
        LineRequest request = request("SUBSCRIBE a b");
        assertThat(confirm(request, Direction.SUBSCRIBE, "a")).isTrue();
        assertThat(request.pong()).as("an answer to something before").isFalse();
        assertThat(confirm(request, Direction.SUBSCRIBE, "b")).isTrue();
        assertThat(request.pong()).isTrue();
        assertThat(request.error()).isNull();
    }

    @Test
    void aRefusalIsOverWithTheAnswerBehindIt() {
        LineRequest request = request("SUBSCRIBE a b");
        assertThat(request.fail("NOPERM no")).isFalse();
        assertThat(request.pong()).isTrue();
        assertThat(request.error()).isEqualTo("NOPERM no");
    }

    @Test
    void whoMayNotPingGetsARefusalInstead() {
        LineRequest granted = request("SUBSCRIBE a");
        confirm(granted, Direction.SUBSCRIBE, "a");
        assertThat(granted.fail("NOPERM ping")).isTrue();
        assertThat(granted.error()).isNull();
        LineRequest refused = request("SUBSCRIBE a");
        assertThat(refused.fail("NOPERM channel")).isFalse();
        assertThat(refused.fail("NOPERM ping")).isTrue();
        assertThat(refused.error()).isEqualTo("NOPERM channel");
        assertThat(LineRequest.ping().fail("NOPERM ping")).isTrue();
    }

    @Test
    void whatTheServerDoesOfItselfIsNoAnswer() {
        LineRequest request = request("SUNSUBSCRIBE a");
        assertThat(request.confirm(Direction.UNSUBSCRIBE, shard("other"))).isFalse();
        assertThat(request("SSUBSCRIBE a").confirm(Direction.UNSUBSCRIBE, shard("a")))
                .isFalse();
        assertThat(confirm(request("SSUBSCRIBE a"), Direction.SUBSCRIBE, "a"))
                .as("a channel of the same name")
                .isFalse();
        assertThat(LineRequest.ping().confirm(Direction.UNSUBSCRIBE, shard("a")))
                .isFalse();
    }

    @Test
    void unsubscribingFromWhatHasMovedAwayIsDoneAllTheSame() {
        LineRequest request = request("SUNSUBSCRIBE a b");
        assertThat(request.confirm(Direction.UNSUBSCRIBE, shard("a"))).isTrue();
        assertThat(request.fail("MOVED 1 h:1")).isTrue();
    }

    private static LineRequest request(String command) {
        return LineRequest.of(SubscriptionRequest.of(CommandFrame.of(command.split(" "))));
    }

    private static boolean confirm(LineRequest request, Direction direction, String channel) {
        return request.confirm(direction, new Subscription(SubscriptionKind.CHANNEL, RespValue.bulk(channel)));
    }

    private static Subscription shard(String channel) {
        return new Subscription(SubscriptionKind.SHARD, RespValue.bulk(channel));
    }
}
