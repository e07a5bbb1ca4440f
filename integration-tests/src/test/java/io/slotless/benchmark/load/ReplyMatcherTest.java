package io.slotless.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyMatcherTest {

    private static final ReplyShape TWO_OF_THREE = ReplyShape.bulks(2, 3);
    private static final String REPLY = "*2\r\n$3\r\nabc\r\n$3\r\n\r\n$\r\n";

    private final ReplyMatcher matcher = new ReplyMatcher();

    @Test
    void findsTheEndOfAReplyWhereverItIsCut() {
        for (int cut = 0; cut < REPLY.length(); cut++) {
            assertThat(matcher.advance(buffer(REPLY.substring(0, cut)), TWO_OF_THREE))
                    .isFalse();
            assertThat(matcher.advance(buffer(REPLY.substring(cut)), TWO_OF_THREE))
                    .isTrue();
        }
    }

    @Test
    void leavesTheNextReplyUnread() {
        ByteBuf in = buffer("$2\r\nab\r\n+OK\r\n");

        assertThat(matcher.advance(in, ReplyShape.bulk(2))).isTrue();
        assertThat(matcher.advance(in, ReplyShape.OK)).isTrue();
        assertThat(in.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR no such thing\r\n",
                "$-1\r\n",
                "+OK\r\n",
                "*2\r\n$3\r\nabc\r\n$-1\r\n",
                "*2\r\n$3\r\nabc\r\n$4\r\nabcd\r\n",
                "*2\r\n$3\r\nabcd\r\n$3\r\nabc\r\n",
                "*1\r\n$3\r\nabc\r\n",
                "*3\r\n$3\r\nabc\r\n$3\r\nabc\r\n$3\r\nabc\r\n"
            })
    void isNotContentWithAnErrorOrAnotherLength(String reply) {
        assertThatThrownBy(() -> matcher.advance(buffer(reply), TWO_OF_THREE)).isInstanceOf(WrongReply.class);
    }

    @Test
    void tellsWhatItGot() {
        assertThatThrownBy(() -> matcher.advance(buffer("-MOVED 1 10.0.0.1:6379\r\n"), ReplyShape.bulk(3)))
                .hasMessage("a reply with \"-MOVED 1 10.0.0.1:6379\\r\\n\" instead of \"$3\\r\\n\"");
    }

    private static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
