package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.testing.RealRedis;
import io.slotless.sidecar.testing.RespSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What we write for a RESP2 client is what Redis writes for it, for every type of RESP3. */
class ProtocolVersionsIT {

    @Test
    void everyTypeIsWrittenAsRedisWritesIt() {
        try (RealRedis redis = new RealRedis("enable-debug-command local");
                RespSocket resp2 = redis.connect();
                RespSocket resp3 = redis.connect()) {
            resp3.call("HELLO", "3");
            for (String type : new String[] {
                "string", "integer", "double", "null", "array", "set", "map", "verbatim", "true", "false", "bignum"
            }) {
                RespValue value = resp3.call("DEBUG", "PROTOCOL", type);
                byte[] request = Bytes.latin1("DEBUG PROTOCOL " + type + "\r\n");
                assertThat(written(value, ProtocolVersion.RESP2)).as(type).isEqualTo(resp2.callRaw(request));
                assertThat(written(value, ProtocolVersion.RESP3)).as(type).isEqualTo(resp3.callRaw(request));
            }
        }
    }

    @Test
    void attributesAreReadOverAndForwardedWithTheirReply() {
        try (RealRedis redis = new RealRedis("enable-debug-command local");
                RespSocket client = redis.connect()) {
            client.call("HELLO", "3");
            assertThat(client.callRaw(Bytes.latin1("DEBUG PROTOCOL attrib\r\n")))
                    .startsWith("|1\r\n");
            assertThat(client.call("DEBUG", "PROTOCOL", "attrib"))
                    .isEqualTo(RespValue.bulk("Some real reply following the attribute"));
            assertThat(client.call("PING")).isEqualTo(new RespValue.SimpleString("PONG"));
        }
    }

    private static String written(RespValue value, ProtocolVersion version) {
        ByteBuf out = Unpooled.buffer();
        new RespWriter(version).write(out, value);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
