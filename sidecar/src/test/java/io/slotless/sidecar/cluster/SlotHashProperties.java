package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SlotHashProperties {

    @Property
    void slotIsThatOfTheSpecification(@ForAll byte[] key) {
        assertThat(SlotHash.slot(Unpooled.wrappedBuffer(key), 0, key.length)).isEqualTo(PlainSlotHash.slot(key));
    }

    @Property
    void slotOfKeysFullOfBracesIsThatOfTheSpecification(@ForAll("braces") String text) {
        byte[] key = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SlotHash.slot(Unpooled.wrappedBuffer(key), 0, key.length)).isEqualTo(PlainSlotHash.slot(key));
    }

    @Provide
    Arbitrary<String> braces() {
        return Arbitraries.strings().withChars("{}ab").ofMaxLength(16);
    }
}
