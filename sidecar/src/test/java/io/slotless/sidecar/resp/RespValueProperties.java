package io.slotless.sidecar.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RespValueProperties {

    private final RespReader reader = new RespReader(new RespLimits(8, 40, 24, 60, Integer.MAX_VALUE));

    @Property
    void whatIsWrittenAsResp3IsReadBack(@ForAll("values") RespValue value) {
        ByteBuf bytes = Unpooled.buffer();
        new RespWriter(ProtocolVersion.RESP3).write(bytes, value);
        assertThat(reader.read(bytes)).isEqualTo(value);
        assertThat(bytes.isReadable()).isFalse();
    }

    @Property
    void resp2HasOnlyItsFiveTypesAndIsStableOnceItIsThere(@ForAll("values") RespValue value) {
        ByteBuf bytes = Unpooled.buffer();
        new RespWriter(ProtocolVersion.RESP2).write(bytes, value);
        ByteBuf again = Unpooled.buffer();
        new RespWriter(ProtocolVersion.RESP2).write(again, reader.read(bytes.duplicate()));
        assertThat(again).isEqualTo(bytes);
        assertThat((char) bytes.getByte(0)).isIn('+', '-', ':', '$', '*');
    }

    @Property(tries = 5000)
    void anyBytesAreAValueOrRefused(@ForAll("almostResp") byte[] bytes) {
        int end = PlainReplyScanner.end(bytes, 0);
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            reader.read(in);
        } catch (RespException refused) {
            // As it may be even where framing finds an end: it looks into lines and at signs as well.
            return;
        }
        assertThat(in.readerIndex()).isEqualTo(end);
    }

    @Property(tries = 20)
    void valueCutOffAnywhereIsRefused(@ForAll("values") RespValue value) {
        ByteBuf bytes = Unpooled.buffer();
        new RespWriter(ProtocolVersion.RESP3).write(bytes, value);
        for (int length = 0; length < bytes.writerIndex(); length++) {
            ByteBuf cut = bytes.slice(0, length);
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(RespException.class);
        }
    }

    @Provide
    Arbitrary<RespValue> values() {
        return RespValues.any();
    }

    @Provide
    Arbitrary<byte[]> almostResp() {
        return Bytes.almostResp();
    }
}
