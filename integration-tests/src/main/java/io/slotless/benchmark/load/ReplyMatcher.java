package io.slotless.benchmark.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Follows one reply after the other through what is read, wherever it is cut. */
final class ReplyMatcher {

    private static final int SHOWN = 200;

    private int piece;
    private int matched;
    private int toSkip;

    /**
     * Reads on in a reply.
     *
     * @return whether it is complete; if not, all was read
     * @throws WrongReply when it is another than the expected one
     */
    boolean advance(ByteBuf in, ReplyShape expected) {
        while (true) {
            int skipped = Math.min(toSkip, in.readableBytes());
            in.skipBytes(skipped);
            toSkip -= skipped;
            if (toSkip > 0) {
                return false;
            }
            if (piece == expected.pieces()) {
                piece = 0;
                return true;
            }
            byte[] literal = expected.literal(piece);
            for (; matched < literal.length; matched++) {
                if (!in.isReadable()) {
                    return false;
                }
                if (in.readByte() != literal[matched]) {
                    throw wrong(in, literal);
                }
            }
            toSkip = expected.anything(piece);
            piece++;
            matched = 0;
        }
    }

    private WrongReply wrong(ByteBuf in, byte[] literal) {
        int readable = in.readableBytes() + 1;
        String rest = in.toString(in.readerIndex() - 1, Math.min(readable, SHOWN), StandardCharsets.ISO_8859_1);
        String before = new String(literal, 0, matched, StandardCharsets.ISO_8859_1);
        return new WrongReply("a reply with \"%s\" instead of \"%s\""
                .formatted(escape(before + rest), escape(new String(literal, StandardCharsets.ISO_8859_1))));
    }

    private static String escape(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
