package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks the protocol gets the same answer from us as from Redis. */
class ProtocolErrorsIT {

    private static RealRedis redis;

    @BeforeAll
    static void start() {
        redis = new RealRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*x\r\n",
                "*\r\n",
                "*01\r\n",
                "*+1\r\n",
                "* 1\r\n",
                "*-0\r\n",
                "*2147483648\r\n",
                "*9223372036854775808\r\n",
                "*1\r\n:1\r\n",
                "*1\r\n\r\n",
                "*1\r\n*1\r\n",
                "*1\r\n$\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$04\r\n",
                "*1\r\n$536870913\r\n",
                "*1\r\n$4\r\nPINGxx$4",
                "*2\r\n$4\r\nPING\r\nx\r\n",
                "SET k \"v\r\n",
                "SET k 'v'v\r\n"
            })
    void errorIsRedissOwn(String request) {
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        RequestDecoder.Step step = decoder.decode(Unpooled.wrappedBuffer(Bytes.latin1(request)));
        try (RespSocket client = redis.connect()) {
            String reply = client.callRaw(Bytes.latin1(request));
            if (step == RequestDecoder.Step.COMMAND) {
                assertThat(reply).isEqualTo("+PONG\r\n");
            } else {
                assertThat(step).isEqualTo(RequestDecoder.Step.ERROR);
                ByteBuf expected = Unpooled.buffer();
                RespWriter.writeError(expected, decoder.error());
                assertThat(reply).isEqualTo(expected.toString(StandardCharsets.ISO_8859_1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*1\r\n$", "GET "})
    void lineWithoutEndIsRefusedAsByRedis(String start) {
        byte[] request = Bytes.latin1(start + "1".repeat(RespLimits.DEFAULT.maxInlineLength()));
        RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
        assertThat(decoder.decode(Unpooled.wrappedBuffer(request))).isEqualTo(RequestDecoder.Step.ERROR);
        try (RespSocket client = redis.connect()) {
            assertThat(client.callRaw(request)).isEqualTo("-" + decoder.error() + "\r\n");
        }
    }
}
