package io.slotless.sidecar.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.RespException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanReplyTest {

    @Test
    void tellsTheCursorAndWhereTheKeysAre() {
        ByteBuf reply = bytes("*2\r\n$20\r\n18446744073709551615\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n");
        ScanReply scanned = ScanReply.of(reply);
        assertThat(scanned.cursor()).isEqualTo(-1);
        assertThat(scanned.keys()).isEqualTo(2);
        assertThat(reply.toString(
                        scanned.firstKey(), reply.writerIndex() - scanned.firstKey(), StandardCharsets.US_ASCII))
                .isEqualTo("$1\r\na\r\n$1\r\nb\r\n");
        assertThat(reply.readerIndex()).isZero();
    }

    @Test
    void canBeWithoutKeys() {
        assertThat(ScanReply.of(bytes("*2\r\n$1\r\n7\r\n*0\r\n"))).isEqualTo(new ScanReply(7, 0, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "*0\r\n",
                "*3\r\n$1\r\n7\r\n*0\r\n",
                "*2\r\n:7\r\n*0\r\n+x\r\n",
                "*2\r\n$1\r\nx\r\n*0\r\n",
                "*2\r\n$1\r\n7\r\n$0\r\n\r\n"
            })
    void everythingElseIsRefused(String reply) {
        assertThatThrownBy(() -> ScanReply.of(bytes(reply))).isInstanceOf(RespException.class);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
