package io.slotless.sidecar.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.resp.CommandFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockingCallTest {

    private static final long LEFT = 1234;

    @ParameterizedTest
    @CsvSource({
        "BLPOP a b 5, BLPOP a b 1.234",
        "BRPOP a 2.5, BRPOP a 1.234",
        "BRPOPLPUSH a b 3, BRPOPLPUSH a b 1.234",
        "BLMOVE a b LEFT RIGHT 3, BLMOVE a b LEFT RIGHT 1.234",
        "BZPOPMIN a 3, BZPOPMIN a 1.234",
        "BLMPOP 3 2 a b LEFT COUNT 7, BLMPOP 1.234 2 a b LEFT COUNT 7",
        "BZMPOP 3 1 a MIN, BZMPOP 1.234 1 a MIN",
        "XREAD COUNT 2 block 5000 STREAMS block 0-0, XREAD COUNT 2 block 1234 STREAMS block 0-0",
        "XREADGROUP GROUP block streams NOACK BLOCK 5000 STREAMS a >, XREADGROUP GROUP block streams NOACK BLOCK 1234 STREAMS a >"
    })
    void whatIsLeftOfTheTimeIsSaidAnew(String command, String expected) {
        assertThat(anew(command, Map.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BLPOP a 0",
                "BLPOP a -1",
                "BLPOP a x",
                "BLPOP a NaN",
                "BLPOP a 1e300",
                "XREAD BLOCK 0 STREAMS a 0",
                "XREAD BLOCK -3 STREAMS a 0",
                "XREAD BLOCK x STREAMS a 0"
            })
    void whatDoesNotEndByTimeStaysAsItIs(String command) {
        assertThat(call(command).endsByTime()).isFalse();
        assertThat(anew(command, Map.of())).isEqualTo(command);
    }

    @Test
    void aTimeIsNeverSaidAsZeroWhichWouldMeanForEver() {
        CommandFrame frame = frame("BLPOP a 5");
        assertThat(text(BlockingCall.of(frame).anew(frame, 0, Map.of()))).isEqualTo("BLPOP a 0.001");
    }

    @Test
    void timeIsRoundedUpAsRedisDoes() {
        assertThat(call("BLPOP a 0.0001").timeoutMillis()).isEqualTo(1);
    }

    @Test
    void whatIsNewerThanAllIsSaidByItsId() {
        BlockingCall call = call("XREAD BLOCK 5000 STREAMS a b c $ 0-1 $");
        assertThat(call.newestIds()).isEqualTo(List.of(7, 9));
        assertThat(call.keysToIds()).isEqualTo(3);
        assertThat(anew("XREAD BLOCK 5000 STREAMS a b c $ 0-1 $", Map.of(7, "5-0")))
                .isEqualTo("XREAD BLOCK 1234 STREAMS a b c 5-0 0-1 $");
    }

    private static BlockingCall call(String command) {
        return BlockingCall.of(frame(command));
    }

    private static String anew(String command, Map<Integer, String> ids) {
        return text(call(command).anew(frame(command), LEFT, ids));
    }

    private static CommandFrame frame(String command) {
        return CommandFrame.of(command.split(" "));
    }

    private static String text(ByteBuf command) {
        String[] lines = command.toString(StandardCharsets.UTF_8).split("\r\n");
        StringBuilder words = new StringBuilder();
        for (int i = 2; i < lines.length; i += 2) {
            words.append(i == 2 ? "" : " ").append(lines[i]);
        }
        return words.toString();
    }
}
