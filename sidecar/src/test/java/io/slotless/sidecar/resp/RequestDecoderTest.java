package io.slotless.sidecar.resp;

import static io.slotless.sidecar.resp.RequestDecoder.Step.COMMAND;
import static io.slotless.sidecar.resp.RequestDecoder.Step.ERROR;
import static io.slotless.sidecar.resp.RequestDecoder.Step.INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {

    private final RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            *x\\r\\n                      | invalid multibulk length
            *1048577\\r\\n                | invalid multibulk length
            *01\\r\\n                     | invalid multibulk length
            *1\\r\\n:1\\r\\n              | expected '$', got ':'
            *1\\r\\n$-1\\r\\n             | invalid bulk length
            *1\\r\\n$536870913\\r\\n      | invalid bulk length
            *1\\r\\n$x\\r\\n              | invalid bulk length
            GET "a\\r\\n                  | unbalanced quotes in request
            GET "a"b\\r\\n                | unbalanced quotes in request
            GET 'a'b\\r\\n                | unbalanced quotes in request
            """)
    void brokenRequestsGetRedissText(String escaped, String text) {
        assertThat(decoder.decode(bytes(escaped))).isEqualTo(ERROR);
        assertThat(decoder.error()).isEqualTo("ERR Protocol error: " + text);
    }

    @Test
    void linesWithoutEndAreRefusedOnceTheyAreTooLong() {
        String longLine = "1".repeat(64 * 1024);
        assertThat(errorOf("*" + longLine)).isEqualTo("ERR Protocol error: too big mbulk count string");
        assertThat(errorOf("*1\r\n$" + longLine)).isEqualTo("ERR Protocol error: too big bulk count string");
        assertThat(errorOf("1" + longLine)).isEqualTo("ERR Protocol error: too big inline request");
    }

    /** Thousands of clients may be connected that have sent one and say nothing more. */
    @Test
    void whatAnInlineCommandWasTurnedIntoIsLetGoOnceItIsTaken() {
        decoder.decode(bytes("SET key " + "x".repeat(60_000) + "\\r\\n"));
        assertThat(decoder.frame().length()).isGreaterThan(60_000);
        decoder.taken();
        assertThat(decoder.frame().buffer().capacity()).isZero();
    }

    @Test
    void aCommandThatMemoryHasNoRoomForIsRefusedBeforeItComes() {
        RequestDecoder small = new RequestDecoder(RespLimits.DEFAULT.within(4_000));
        assertThat(small.decode(bytes("*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nk\\r\\n$2900\\r\\n")))
                .isEqualTo(INCOMPLETE);
        RequestDecoder refusing = new RequestDecoder(RespLimits.DEFAULT.within(4_000));
        assertThat(refusing.decode(
                        bytes("*3\\r\\n$3\\r\\nSET\\r\\n$1500\\r\\n" + "k".repeat(1500) + "\\r\\n$1500\\r\\n")))
                .isEqualTo(ERROR);
        assertThat(refusing.error())
                .isEqualTo("ERR Protocol error: the command has more than the 3000 bytes that the memory limit of this"
                        + " sidecar allows");
    }

    @Test
    void manyArgumentsAreRefusedAsSoonAsTheyAreAnnounced() {
        RequestDecoder decoderWithLittle = new RequestDecoder(RespLimits.DEFAULT.withCommandsUpTo(128 * 1000));
        assertThat(decoderWithLittle.decode(bytes("*2024\\r\\n"))).isEqualTo(INCOMPLETE);
        decoderWithLittle = new RequestDecoder(RespLimits.DEFAULT.withCommandsUpTo(128 * 1000));
        assertThat(decoderWithLittle.decode(bytes("*2025\\r\\n"))).isEqualTo(ERROR);
        assertThat(decoderWithLittle.error())
                .isEqualTo("ERR Protocol error: the command has more than the 2024 arguments that the memory limit of"
                        + " this sidecar allows");
    }

    @Test
    void manySmallArgumentsThatTakeTooMuchTogetherAreRefusedBeforeAllAreThere() {
        RequestDecoder decoderWithLittle = new RequestDecoder(RespLimits.DEFAULT.withCommandsUpTo(1_000_000));
        String arguments = ("$500\\r\\n" + "x".repeat(500) + "\\r\\n").repeat(1500);
        assertThat(decoderWithLittle.decode(bytes("*4000\\r\\n" + arguments))).isEqualTo(ERROR);
        assertThat(decoderWithLittle.error())
                .isEqualTo("ERR Protocol error: the command takes with its many arguments more than the memory limit of"
                        + " this sidecar allows");
    }

    @Test
    void tellsWhatACommandWillTakeBeforeItIsThere() {
        assertThat(decoder.decode(bytes("*5\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nk\\r\\n$1000\\r\\nxx")))
                .isEqualTo(INCOMPLETE);
        assertThat(decoder.weight()).isEqualTo(4 + 9 + 7 + 7 + 1002);
        assertThat(decoder.expectedWeight()).isEqualTo(decoder.weight() + 2 * 1000);
    }

    @Test
    void staysBrokenAfterAnError() {
        decoder.decode(bytes("*x\\r\\n"));
        assertThat(decoder.decode(bytes("PING\\r\\n"))).isEqualTo(ERROR);
    }

    @Test
    void emptyCommandsAreSkipped() {
        ByteBuf in = bytes("*0\\r\\n\\r\\n  \\r\\n\\n*-1\\r\\n*-7\\r\\nPING\\r\\n*0\\r\\n");
        assertThat(decoder.decode(in)).isEqualTo(COMMAND);
        assertThat(decoder.frame().argument(0)).isEqualTo("PING");
        assertThat(decoder.decode(in)).isEqualTo(INCOMPLETE);
        assertThat(in.isReadable()).isFalse();
    }

    @Test
    void framePointsIntoTheBufferItWasFoundIn() {
        ByteBuf in = bytes("*1\\r\\n$4\\r\\nPING\\r\\n*2\\r\\n$3\\r\\nGET\\r\\n$1\\r\\nk\\r\\n*1");
        decoder.decode(in);
        assertThat(decoder.decode(in)).isEqualTo(COMMAND);
        CommandFrame frame = decoder.frame();
        assertThat(frame.buffer()).isSameAs(in);
        assertThat(frame.offset()).isEqualTo(14);
        assertThat(frame.length()).isEqualTo(20);
        assertThat(frame.argumentOffset(1)).isEqualTo(31);
        assertThat(frame.argument(1)).isEqualTo("k");
        assertThat(in.readerIndex()).isEqualTo(34);
    }

    @Test
    void inlineCommandsBecomeRespInABufferThatLaterOnesLeaveAlone() {
        ByteBuf in = bytes("set k \\\"a b\\\\x21\\\"\\r\\nping\\r\\n");
        assertThat(decoder.decode(in)).isEqualTo(COMMAND);
        ByteBuf first = decoder.frame().buffer();
        assertThat(decoder.frame().argument(2)).isEqualTo("a b!");
        assertThat(decoder.decode(in)).isEqualTo(COMMAND);
        assertThat(first.toString(StandardCharsets.US_ASCII)).isEqualTo("*3\r\n$3\r\nset\r\n$1\r\nk\r\n$4\r\na b!\r\n");
    }

    @Test
    void missingIsExactWithinABody() {
        assertThat(decoder.decode(bytes("*2\\r\\n$3\\r\\nGET\\r\\n$100\\r\\nab")))
                .isEqualTo(INCOMPLETE);
        assertThat(decoder.missing()).isEqualTo(100);
    }

    @Test
    void noByteIsLookedAtAgainAndAgain() {
        CountingBuffer in = new CountingBuffer();
        String line = "GET " + "k".repeat(10_000) + "\r\n";
        for (byte b : line.getBytes(StandardCharsets.US_ASCII)) {
            in.writeByte(b);
            decoder.decode(in);
        }
        // Once for the end of the line, and a few times for the words.
        assertThat(in.reads).isLessThan(6L * line.length());
    }

    private String errorOf(String request) {
        RequestDecoder fresh = new RequestDecoder(RespLimits.DEFAULT);
        assertThat(fresh.decode(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII)))
                .isEqualTo(ERROR);
        return fresh.error();
    }

    private static ByteBuf bytes(String escaped) {
        String text = escaped.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\");
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static final class CountingBuffer extends UnpooledHeapByteBuf {
        long reads;

        CountingBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, 256, Integer.MAX_VALUE);
        }

        @Override
        public byte getByte(int index) {
            reads++;
            return super.getByte(index);
        }
    }
}
