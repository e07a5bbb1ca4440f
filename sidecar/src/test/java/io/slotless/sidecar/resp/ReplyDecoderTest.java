package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyDecoderTest {

    private final ReplyDecoder decoder = new ReplyDecoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "-ERR x\r\n",
                ":1\r\n",
                "$-1\r\n",
                "$0\r\n\r\n",
                "$2\r\n\r\n\r\n",
                "*-1\r\n",
                "*0\r\n",
                "*2\r\n*1\r\n:1\r\n$1\r\na\r\n",
                "_\r\n",
                "#t\r\n",
                ",3.1\r\n",
                "(123\r\n",
                "!5\r\nERR x\r\n",
                "=5\r\ntxt:a\r\n",
                "%1\r\n+k\r\n*1\r\n:1\r\n",
                "~1\r\n:1\r\n",
                ">2\r\n+invalidate\r\n*0\r\n"
            })
    void replyEndsWhereItEndsAndHasItsType(String reply) {
        ByteBuf in = bytes(reply + "+next\r\n");
        assertThat(decoder.scan(in, 0, in.writerIndex())).isEqualTo(reply.length());
        assertThat(decoder.complete()).isTrue();
        assertThat(decoder.type()).isEqualTo((byte) reply.charAt(0));
        assertThat(decoder.withinReply()).isFalse();
    }

    @Test
    void attributesBelongToTheReplyBehindThem() {
        ByteBuf in = bytes("|1\r\n+ttl\r\n*1\r\n:1\r\n|0\r\n$1\r\na\r\n:2\r\n");
        assertThat(decoder.scan(in, 0, 10)).isEqualTo(10);
        assertThat(decoder.type()).isZero();
        assertThat(decoder.withinReply()).isTrue();
        assertThat(decoder.scan(in, 10, in.writerIndex())).isEqualTo(in.writerIndex() - 4);
        assertThat(decoder.type()).isEqualTo((byte) '$');
    }

    @Test
    void pushBeforeAReplyIsAFrameOfItsOwn() {
        ByteBuf in = bytes(">1\r\n+x\r\n+OK\r\n");
        assertThat(decoder.scan(in, 0, in.writerIndex())).isEqualTo(8);
        assertThat(decoder.type()).isEqualTo((byte) '>');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "$x\r\n",
                "$\r\n",
                "$-2\r\n",
                "$-\r\n",
                "%-1\r\n",
                "$1\n",
                "*1\rx",
                "$1\r\nabc\r\n",
                "$1\r\na\rb",
                "$99999999999999999999\r\n",
                "*?\r\n"
            })
    void whatIsNotRespIsRefusedForGood(String reply) {
        ByteBuf in = bytes(reply);
        assertThat(decoder.scan(in, 0, in.writerIndex())).isEqualTo(ReplyDecoder.PROTOCOL_ERROR);
        assertThat(decoder.scan(bytes("+OK\r\n"), 0, 5)).isEqualTo(ReplyDecoder.PROTOCOL_ERROR);
    }

    @Test
    void nestingNeedsNoMemory() {
        ByteBuf deeper = bytes("*1\r\n".repeat(10_000));
        for (int i = 0; i < 100; i++) {
            assertThat(decoder.scan(deeper, 0, deeper.writerIndex())).isEqualTo(deeper.writerIndex());
            assertThat(decoder.complete()).isFalse();
        }
        assertThat(decoder.scan(bytes(":1\r\n"), 0, 4)).isEqualTo(4);
        assertThat(decoder.complete()).isTrue();
    }

    @Test
    void moreElementsThanCanBeCountedAreRefused() {
        ByteBuf in = bytes("*922337203685477579\r\n".repeat(11));
        assertThat(decoder.scan(in, 0, in.writerIndex())).isEqualTo(ReplyDecoder.PROTOCOL_ERROR);
    }

    @Test
    void bodyLargerThanMemoryIsFollowed() {
        ByteBuf header = bytes("$8589934592\r\n");
        assertThat(decoder.scan(header, 0, header.writerIndex())).isEqualTo(header.writerIndex());
        ByteBuf megabyte = Unpooled.buffer(1 << 20).writerIndex(1 << 20);
        for (int i = 0; i < 8192; i++) {
            assertThat(decoder.scan(megabyte, 0, 1 << 20)).isEqualTo(1 << 20);
        }
        assertThat(decoder.complete()).isFalse();
        assertThat(decoder.scan(bytes("\r\n"), 0, 2)).isEqualTo(2);
        assertThat(decoder.complete()).isTrue();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
