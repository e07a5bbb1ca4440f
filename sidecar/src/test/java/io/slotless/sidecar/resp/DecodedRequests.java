package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.PlainRequestParser.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Gives a decoder its bytes piece by piece, as a connection does, in a new buffer for every piece. */
final class DecodedRequests {

    private final RequestDecoder decoder;
    private final List<List<String>> commands = new ArrayList<>();
    private ByteBuf kept = Unpooled.buffer();
    private RequestDecoder.Step last = RequestDecoder.Step.INCOMPLETE;

    private DecodedRequests(RespLimits limits) {
        this.decoder = new RequestDecoder(limits);
    }

    static Outcome of(RespLimits limits, List<byte[]> pieces) {
        DecodedRequests requests = new DecodedRequests(limits);
        pieces.forEach(requests::receive);
        return new Outcome(requests.commands, requests.decoder.error(), requests.kept.readableBytes());
    }

    private void receive(byte[] piece) {
        // A frame that is not complete may be moved: here always, and to another index.
        ByteBuf moved = Unpooled.buffer();
        moved.writeBytes("moved".getBytes(StandardCharsets.US_ASCII), 0, kept.readerIndex() % 5);
        moved.skipBytes(moved.writerIndex());
        moved.writeBytes(kept).writeBytes(piece);
        kept = moved;
        last = decoder.decode(kept);
        while (last == RequestDecoder.Step.COMMAND) {
            commands.add(arguments(decoder.frame()));
            last = decoder.decode(kept);
        }
    }

    private static List<String> arguments(CommandFrame frame) {
        return IntStream.range(0, frame.argumentCount())
                .mapToObj(i -> frame.buffer()
                        .toString(frame.argumentOffset(i), frame.argumentLength(i), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
