package io.slotless.sidecar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotHashTest {

    @ParameterizedTest
    @CsvSource({"foo, 12182", "bar, 5061", "hello, 866", "123456789, 12739", "'', 0"})
    void slotsAreThoseOfTheSpecification(String key, int slot) {
        assertThat(slot(key)).isEqualTo(slot);
    }

    @ParameterizedTest
    @CsvSource({
        "{user1000}.following, user1000",
        "{user1000}.followers, user1000",
        "foo{bar}{zap}, bar",
        "foo{{bar}}zap, {bar",
        "a{b}, b",
        "a}{b}, b"
    })
    void hashTagDecides(String key, String tag) {
        assertThat(slot(key)).isEqualTo(slot(tag));
    }

    @ParameterizedTest
    @CsvSource({"foo{}{bar}", "foo{bar", "foo}bar", "{}", "{", "foo{}"})
    void whatIsNoHashTagIsHashedWhole(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        assertThat(slot(key)).isEqualTo(PlainSlotHash.crc(bytes) % SlotHash.SLOTS);
    }

    @Test
    void keyIsTakenFromItsPlaceInTheBuffer() {
        byte[] bytes = "xx{}foo{}xx".getBytes(StandardCharsets.US_ASCII);
        assertThat(SlotHash.slot(Unpooled.wrappedBuffer(bytes), 4, 3)).isEqualTo(12182);
    }

    private static int slot(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        return SlotHash.slot(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }
}
