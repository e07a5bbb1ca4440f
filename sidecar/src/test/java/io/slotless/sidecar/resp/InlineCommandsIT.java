package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Inline commands mean to us what they mean to Redis: a script gives back the arguments that Redis saw. */
class InlineCommandsIT {

    private static final String COMMAND = "EVAL 'return ARGV' 0 ";
    private static final String[] PARTS = {
        "a", " ", " ", "\"", "\"", "'", "'", "\\", "\\x41", "\\xg", "\\n", "\\\"", "\\'", "\t", "\u000b", "\r", "é",
        "\\a"
    };

    private final Random random = new Random(7);

    @Test
    void wordsAndQuotesAreTakenApartAsByRedis() {
        try (RealRedis redis = new RealRedis()) {
            RespSocket client = redis.connect();
            for (int i = 0; i < 2000; i++) {
                byte[] request = Bytes.latin1(COMMAND + words() + "\r\n");
                String reply = client.callRaw(request);
                assertThat(reply).isEqualTo(expected(request));
                if (reply.startsWith("-")) {
                    client.close();
                    client = redis.connect();
                }
            }
            client.close();
        }
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int parts = random.nextInt(8); parts >= 0; parts--) {
            words.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return words.toString();
    }

    private static String expected(byte[] request) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        ByteBuf reply = Unpooled.buffer();
        if (decoder.decode(Unpooled.wrappedBuffer(request)) == RequestDecoder.Step.ERROR) {
            RespWriter.writeError(reply, decoder.error());
        } else {
            CommandFrame frame = decoder.frame();
            RespWriter.writeArrayHeader(reply, frame.argumentCount() - 3);
            for (int i = 3; i < frame.argumentCount(); i++) {
                RespWriter.writeBulkString(reply, frame.buffer(), frame.argumentOffset(i), frame.argumentLength(i));
            }
        }
        return reply.toString(StandardCharsets.ISO_8859_1);
    }
}
