package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReplyDecoderProperties {

    @Property
    void repliesEndWhereTheyWereWrittenToHoweverCut(
            @ForAll("replies") List<RespValue> replies,
            @ForAll ProtocolVersion version,
            @ForAll("pieceLengths") List<Integer> lengths) {
        ByteBuf bytes = Unpooled.buffer();
        List<Integer> ends = new ArrayList<>();
        for (RespValue reply : replies) {
            new RespWriter(version).write(bytes, reply);
            ends.add(bytes.writerIndex());
        }
        byte[] all = ByteBufUtil.getBytes(bytes);
        for (List<byte[]> pieces : Bytes.cutInTwo(all)) {
            assertThat(endsFound(pieces)).isEqualTo(ends);
        }
        assertThat(endsFound(Bytes.cut(all, lengths))).isEqualTo(ends);
    }

    @Property(tries = 5000)
    void anyBytesAreFramedAsByThePlainScannerHoweverCut(
            @ForAll("almostResp") byte[] bytes, @ForAll("pieceLengths") List<Integer> lengths) {
        List<Integer> expected = new ArrayList<>();
        int end = 0;
        while (end >= 0 && end < bytes.length) {
            end = PlainReplyScanner.end(bytes, end);
            if (end != PlainReplyScanner.UNFINISHED) {
                expected.add(end);
            }
        }
        assertThat(endsFound(Bytes.cut(bytes, lengths))).isEqualTo(expected);
    }

    /** Where replies end; -1 at last if the bytes are not RESP. */
    private static List<Integer> endsFound(List<byte[]> pieces) {
        ReplyDecoder decoder = new ReplyDecoder();
        List<Integer> ends = new ArrayList<>();
        int before = 0;
        for (byte[] piece : pieces) {
            // Never the bytes that were before: each piece comes alone.
            ByteBuf in = Unpooled.wrappedBuffer(piece);
            int at = 0;
            while (at < piece.length) {
                at = decoder.scan(in, at, piece.length);
                if (at == ReplyDecoder.PROTOCOL_ERROR) {
                    ends.add(-1);
                    return ends;
                }
                if (decoder.complete()) {
                    ends.add(before + at);
                } else {
                    assertThat(at).isEqualTo(piece.length);
                }
            }
            before += piece.length;
        }
        return ends;
    }

    @Provide
    Arbitrary<List<RespValue>> replies() {
        return RespValues.any().list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<byte[]> almostResp() {
        return Bytes.almostResp();
    }

    @Provide
    Arbitrary<List<Integer>> pieceLengths() {
        return Bytes.pieceLengths();
    }
}
