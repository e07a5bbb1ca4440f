package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.slotless.sidecar.proxy.identity.Collected;
import io.slotless.sidecar.proxy.reply.Replies;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HELLO goes to a server on a connection with the identity it asks for. The server's answer is the client's, but for
 * what is about the connection: the id, and in front of a cluster the mode.
 */
final class HelloExchange extends Collected {

    private final ClientSession session;
    private final HelloRequest request;

    HelloExchange(ClientSession session, HelloRequest request) {
        super(
                session,
                request.identity(),
                CommandFrame.of("HELLO", request.identity().protocol() == ProtocolVersion.RESP3 ? "3" : "2")
                        .buffer(),
                session.backend().owners().any());
        this.session = session;
        this.request = request;
    }

    @Override
    protected ByteBuf transform(ByteBuf reply) {
        RespValue value = new RespReader(RespLimits.DEFAULT).read(reply.duplicate());
        if (value instanceof RespValue.SimpleError) {
            return reply.retain();
        }
        request.takeEffect(session);
        return Replies.of(shown(session, value), request.identity().protocol());
    }

    /** What a server says to HELLO, as this session's client should see it. */
    static RespValue shown(ClientSession session, RespValue value) {
        if (value instanceof RespValue.MapValue map) {
            List<Map.Entry<RespValue, RespValue>> entries = new ArrayList<>();
            map.entries()
                    .forEach(entry -> entries.add(Map.entry(
                            entry.getKey(),
                            shown(session, ((RespValue.BulkString) entry.getKey()).text(), entry.getValue()))));
            return new RespValue.MapValue(entries);
        }
        if (value instanceof RespValue.ArrayValue array) {
            List<RespValue> elements = new ArrayList<>(array.elements());
            for (int i = 1; i < elements.size(); i += 2) {
                elements.set(i, shown(session, ((RespValue.BulkString) elements.get(i - 1)).text(), elements.get(i)));
            }
            return new RespValue.ArrayValue(elements);
        }
        return value;
    }

    private static RespValue shown(ClientSession session, String field, RespValue value) {
        return switch (field) {
            case "id" -> new RespValue.IntegerValue(session.id());
            case "mode" -> {
                String mode = Appearance.mode(session.backend());
                yield mode == null ? value : RespValue.bulk(mode);
            }
            default -> value;
        };
    }
}
