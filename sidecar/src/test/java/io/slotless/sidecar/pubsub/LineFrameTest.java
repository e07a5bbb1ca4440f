package io.slotless.sidecar.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.pubsub.SubscriptionRequest.Direction;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFrameTest {

    @Test
    void messagesAreToldApartByHowTheyAreListenedTo() {
        assertThat(words("message", "c", "m")).isEqualTo(LineFrame.Message.IT);
        assertThat(words("smessage", "c", "m")).isEqualTo(LineFrame.Message.IT);
        assertThat(words("pmessage", "c*", "cc", "m")).isEqualTo(pattern("c*", false));
        assertThat(words("pmessage", "*", "__keyevent@0__:set", "k")).isEqualTo(pattern("*", true));
        assertThat(words("pmessage", "__keyevent@*", "x", "k")).isEqualTo(pattern("__keyevent@*", false));
    }

    @Test
    void whatComesFromEveryNodeIsWantedOnce() {
        assertThat(pattern("*", false).isWanted(false)).isFalse();
        assertThat(pattern("*", false).isWanted(true)).isTrue();
        assertThat(pattern("*", true).isWanted(false)).isTrue();
        assertThat(pattern("c*", false).isWanted(false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", ">"})
    void changesNameWhatHasChanged(String type) {
        assertThat(frame(type + "3\r\n$10\r\npsubscribe\r\n$2\r\na*\r\n:1\r\n"))
                .isEqualTo(changed(Direction.SUBSCRIBE, SubscriptionKind.PATTERN, "a*"));
        assertThat(frame(type + "3\r\n$12\r\nsunsubscribe\r\n$1\r\ns\r\n:0\r\n"))
                .isEqualTo(changed(Direction.UNSUBSCRIBE, SubscriptionKind.SHARD, "s"));
        assertThat(frame(type + "3\r\n$9\r\nsubscribe\r\n$0\r\n\r\n:0\r\n"))
                .isEqualTo(changed(Direction.SUBSCRIBE, SubscriptionKind.CHANNEL, ""));
    }

    @Test
    void aPingIsAnsweredInOneOfTwoWays() {
        assertThat(frame("+PONG\r\n")).isEqualTo(LineFrame.Pong.IT);
        assertThat(words("pong", "")).isEqualTo(LineFrame.Pong.IT);
    }

    @Test
    void anErrorIsKeptAsText() {
        assertThat(frame("-NOPERM no\r\n")).isEqualTo(new LineFrame.Failure("NOPERM no"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":1\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*1\r\n:1\r\n",
                "*1\r\n$5\r\nwhat?\r\n",
                "*2\r\n$5\r\nwhat?\r\n$1\r\nx\r\n",
                "*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n",
                "*2\r\n$8\r\npmessage\r\n$1\r\nx\r\n",
                "_\r\n"
            })
    void whatIsNotUnderstoodIsNothing(String wire) {
        assertThat(frame(wire)).isEqualTo(LineFrame.Other.IT);
    }

    @Test
    void whatATrackingConnectionSendsPassesAsAMessage() {
        assertThat(frame("*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n*1\r\n$1\r\nk\r\n"))
                .isEqualTo(LineFrame.Message.IT);
    }

    private static LineFrame.PatternMessage pattern(String pattern, boolean event) {
        return new LineFrame.PatternMessage(RespValue.BulkString.of(pattern), event);
    }

    private static LineFrame.Changed changed(Direction direction, SubscriptionKind kind, String name) {
        return new LineFrame.Changed(direction, new Subscription(kind, RespValue.bulk(name)));
    }

    private static LineFrame words(String... words) {
        ByteBuf buffer = CommandFrame.of(words).buffer();
        return frame(buffer.toString(StandardCharsets.US_ASCII));
    }

    /** In the middle of other bytes. */
    private static LineFrame frame(String wire) {
        ByteBuf buffer = Unpooled.copiedBuffer("xy" + wire + "$1\r\n", StandardCharsets.US_ASCII);
        return LineFrame.of(buffer, 2, wire.length());
    }
}
