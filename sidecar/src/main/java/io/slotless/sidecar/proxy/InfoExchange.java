package io.slotless.sidecar.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.slotless.sidecar.resp.CommandFrame;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.resp.RespLimits;
import io.slotless.sidecar.resp.RespReader;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespWriter;

/** INFO, one node's, with the fields that tell of a cluster as clients are to see them. */
final class InfoExchange extends Collected {

    private final ProtocolVersion protocol;

    InfoExchange(ClientSession session, CommandFrame frame) {
        super(
                session,
                session.identity().upstream(),
                frame.buffer().slice(frame.offset(), frame.length()),
                session.backend().owners().any());
        this.protocol = session.identity().upstream().protocol();
    }

    @Override
    ByteBuf transform(ByteBuf reply) {
        return shown(session, reply, protocol);
    }

    /** What a server says to INFO, as a client should see it. */
    static ByteBuf shown(ClientSession session, ByteBuf reply, ProtocolVersion protocol) {
        RespValue value = new RespReader(RespLimits.DEFAULT).read(reply.duplicate());
        RespValue shown = value;
        if (value instanceof RespValue.BulkString bulk) {
            shown = RespValue.bulk(Appearance.info(session.backend(), bulk.text()));
        } else if (value instanceof RespValue.VerbatimString verbatim) {
            shown = new RespValue.VerbatimString(
                    verbatim.format(), Appearance.info(session.backend(), verbatim.text()));
        }
        ByteBuf out = Unpooled.buffer(reply.readableBytes() + 16);
        new RespWriter(protocol).write(out, shown);
        return out;
    }
}
