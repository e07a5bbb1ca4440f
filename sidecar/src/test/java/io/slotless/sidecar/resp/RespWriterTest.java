package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.RespValue.NullValue;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespWriterTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, -1, -10, 16383, Long.MAX_VALUE, Long.MIN_VALUE})
    void integersAreWrittenDigitByDigit(long value) {
        assertThat(written(out -> RespWriter.writeInteger(out, value))).isEqualTo(":" + value + "\r\n");
    }

    @Test
    void lineEndsInAnErrorCannotBreakTheStream() {
        assertThat(written(out -> RespWriter.writeError(out, "ERR a\r\nb"))).isEqualTo("-ERR a  b\r\n");
    }

    @Test
    void bulkStringsCountBytesNotCharacters() {
        assertThat(written(out -> RespWriter.writeBulkString(out, "é"))).isEqualTo("$2\r\né\r\n");
    }

    @Test
    void bulkStringsAreCopiedOutOfAnotherBuffer() {
        ByteBuf source = Unpooled.copiedBuffer("abcdef", StandardCharsets.US_ASCII);
        assertThat(written(out -> RespWriter.writeBulkString(out, source, 2, 3)))
                .isEqualTo("$3\r\ncde\r\n");
        assertThat(source.readerIndex()).isZero();
    }

    @Test
    void nullHasTwoSpellingsInResp2AndOneInResp3() {
        assertThat(written(out -> RespWriter.writeNull(out, NullValue.ARRAY, ProtocolVersion.RESP2)))
                .isEqualTo("*-1\r\n");
        assertThat(written(out -> RespWriter.writeNull(out, NullValue.BULK_STRING, ProtocolVersion.RESP2)))
                .isEqualTo("$-1\r\n");
        assertThat(written(out -> RespWriter.writeNull(out, NullValue.ARRAY, ProtocolVersion.RESP3)))
                .isEqualTo("_\r\n");
    }

    @Test
    void readerRefusesWhatIsNestedTooDeep() {
        RespReader reader = new RespReader(new RespLimits(1, 1, 1, 3, Integer.MAX_VALUE));
        ByteBuf deep = Unpooled.copiedBuffer("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> reader.read(deep))
                .isInstanceOf(RespException.class)
                .hasMessageContaining("deeper");
    }

    private static String written(Consumer<ByteBuf> writing) {
        ByteBuf out = Unpooled.buffer();
        writing.accept(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
