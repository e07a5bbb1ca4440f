package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.routing.BlockingCall;
import io.slotless.sidecar.upstream.ReplyReceiver;
import io.slotless.sidecar.upstream.UpstreamConnection;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the {@code $} of a waiting XREAD meant when it began to wait: the server is asked right before. Said anew
 * without that, it would pass over what was added in between.
 */
final class NewestIds {

    static final Map<Integer, String> NONE = Map.of();

    /** The largest reply that is looked at: it holds the first and the last entry of the stream, too. */
    private static final int MAX_REPLY = 1024 * 1024;

    private final Map<Integer, CommandFrame> questions = new LinkedHashMap<>();
    private final Map<Integer, String> known = new LinkedHashMap<>();

    NewestIds(BlockingCall call, CommandFrame frame) {
        for (int id : call.newestIds()) {
            int key = id - call.keysToIds();
            byte[] name = ByteBufUtil.getBytes(frame.buffer(), frame.argumentOffset(key), frame.argumentLength(key));
            questions.put(
                    id,
                    CommandFrame.of(List.of(
                            "XINFO".getBytes(StandardCharsets.US_ASCII),
                            "STREAM".getBytes(StandardCharsets.US_ASCII),
                            name)));
        }
    }

    /** By argument of the command; without those that are not known. */
    Map<Integer, String> known() {
        return known;
    }

    /** Asks for those that are not known yet. */
    void ask(UpstreamConnection connection) {
        questions.forEach((id, question) -> {
            if (!known.containsKey(id)) {
                connection.send(question.buffer(), question.offset(), question.length(), new Answer(id));
            }
        });
    }

    private final class Answer implements ReplyReceiver {

        private final int id;
        private final ByteBuf reply = Unpooled.buffer();
        private boolean tooLarge;

        Answer(int id) {
            this.id = id;
        }

        @Override
        public void ready(UpstreamConnection ignored) {}

        @Override
        public void reply(UpstreamConnection from, ByteBuf buffer, int offset, int length, byte type, boolean last) {
            tooLarge |= reply.readableBytes() + length > MAX_REPLY;
            if (tooLarge) {
                return;
            }
            reply.writeBytes(buffer, offset, length);
            if (last) {
                read(new RespReader(RespLimits.DEFAULT).read(reply));
            }
        }

        private void read(RespValue value) {
            if (value instanceof RespValue.SimpleError error) {
                if (error.text().startsWith("ERR no such key")) {
                    known.put(id, "0-0");
                }
            } else if (value instanceof RespValue.MapValue map) {
                map.entries().forEach(entry -> pair(entry.getKey(), entry.getValue()));
            } else if (value instanceof RespValue.ArrayValue array) {
                for (int i = 0; i + 1 < array.elements().size(); i += 2) {
                    pair(array.elements().get(i), array.elements().get(i + 1));
                }
            }
        }

        private void pair(RespValue name, RespValue value) {
            if (name instanceof RespValue.BulkString field
                    && field.text().equals("last-generated-id")
                    && value instanceof RespValue.BulkString last) {
                known.put(id, last.text());
            }
        }

        @Override
        public void failed(UpstreamConnection from, Throwable cause, Executed executed) {}
    }
}
