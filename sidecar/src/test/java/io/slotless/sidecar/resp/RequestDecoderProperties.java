package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.PlainRequestParser.Outcome;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestDecoderProperties {

    private static final RespLimits LIMITS = new RespLimits(8, 40, 24, 8, Integer.MAX_VALUE);

    @Property
    void commandsAreFoundAtEverySplitPoint(@ForAll("commands") List<List<String>> commands) {
        byte[] bytes = encoded(commands);
        Outcome expected = new Outcome(commands, "", 0);
        for (List<byte[]> pieces : Bytes.cutInTwo(bytes)) {
            assertThat(DecodedRequests.of(RespLimits.DEFAULT, pieces)).isEqualTo(expected);
        }
    }

    @Property
    void commandsAreFoundInPiecesOfAnySize(
            @ForAll("commands") List<List<String>> commands, @ForAll("pieceLengths") List<Integer> lengths) {
        assertThat(DecodedRequests.of(RespLimits.DEFAULT, Bytes.cut(encoded(commands), lengths)))
                .isEqualTo(new Outcome(commands, "", 0));
    }

    @Property(tries = 5000)
    void anyBytesMeanTheSameAsToThePlainParserHoweverCut(
            @ForAll("almostResp") byte[] bytes, @ForAll("pieceLengths") List<Integer> lengths) {
        Outcome expected = PlainRequestParser.parse(LIMITS, bytes);
        Outcome actual = DecodedRequests.of(LIMITS, Bytes.cut(bytes, lengths));
        assertThat(actual.commands()).isEqualTo(expected.commands());
        assertThat(actual.error()).isEqualTo(expected.error());
        if (expected.error().isEmpty()) {
            assertThat(actual.rest()).isEqualTo(expected.rest());
        }
    }

    @Property
    void missingIsNeverMoreThanWhatCompletesTheCommand(@ForAll("command") List<String> command) {
        byte[] bytes = encoded(List.of(command));
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer();
        int calls = 0;
        while (decoder.decode(in) == RequestDecoder.Step.INCOMPLETE) {
            assertThat(decoder.missing()).isBetween(1, bytes.length - in.readableBytes());
            in.writeBytes(bytes, in.readableBytes(), decoder.missing());
            calls++;
        }
        assertThat(in.isReadable()).isFalse();
        assertThat(calls).isLessThanOrEqualTo(8 * (command.size() + 1));
    }

    @Provide
    Arbitrary<List<List<String>>> commands() {
        return command().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> command() {
        return Arbitraries.strings()
                .withCharRange('\0', '\u00ff')
                .ofMaxLength(20)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<byte[]> almostResp() {
        return Bytes.almostResp();
    }

    @Provide
    Arbitrary<List<Integer>> pieceLengths() {
        return Bytes.pieceLengths();
    }

    private static byte[] encoded(List<List<String>> commands) {
        StringBuilder text = new StringBuilder();
        for (List<String> command : commands) {
            text.append('*').append(command.size()).append("\r\n");
            command.forEach(argument -> text.append('$')
                    .append(argument.length())
                    .append("\r\n")
                    .append(argument)
                    .append("\r\n"));
        }
        return Bytes.latin1(text.toString());
    }
}
