package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

    private static final Node ASKED = new Node("redis-0.redis", 6379);

    @Test
    void movedAndAskNameSlotAndNode() {
        assertThat(parse("-MOVED 3999 127.0.0.1:6381\r\n"))
                .isEqualTo(new Redirect.Moved(3999, new Node("127.0.0.1", 6381)));
        assertThat(parse("-ASK 0 redis-1.redis:6379\r\n"))
                .isEqualTo(new Redirect.Ask(0, new Node("redis-1.redis", 6379)));
    }

    @Test
    void lastColonOfAnIpv6AddressIsBeforeThePort() {
        assertThat(parse("-MOVED 1 2001:db8::1:6379\r\n"))
                .isEqualTo(new Redirect.Moved(1, new Node("2001:db8::1", 6379)));
    }

    @Test
    void emptyHostIsTheHostThatWasAsked() {
        assertThat(parse("-MOVED 16383 :6380\r\n")).isEqualTo(new Redirect.Moved(16383, new Node(ASKED.host(), 6380)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR x\r\n",
                "-MOVED\r\n",
                "-MOVED 1\r\n",
                "-MOVED 16384 h:1\r\n",
                "-MOVED x h:1\r\n",
                "-MOVED -1 h:1\r\n",
                "-MOVED 1 h\r\n",
                "-MOVED 1 h:\r\n",
                "-MOVED 1 h:65536\r\n",
                "-MOVED 1 h:1 x\r\n",
                "-ASKING 1 h:1\r\n",
                "-MOVEDTO 1 h:1\r\n",
                "+MOVED 1 h:1\r\n",
                "-\r\n",
                "$5\r\n"
            })
    void otherRepliesAreNoRedirect(String reply) {
        assertThat(parse(reply)).isNull();
    }

    @Test
    void errorIsReadFromItsPlaceInTheBuffer() {
        ByteBuf in = Unpooled.copiedBuffer("+OK\r\n-ASK 1 h:2\r\n+OK\r\n", StandardCharsets.US_ASCII);
        assertThat(Redirect.parse(in, 5, 12, ASKED)).isEqualTo(new Redirect.Ask(1, new Node("h", 2)));
    }

    private static Redirect parse(String reply) {
        ByteBuf in = Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII);
        return Redirect.parse(in, 0, in.writerIndex(), ASKED);
    }
}
