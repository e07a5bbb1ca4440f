package io.slotless.sidecar.cluster;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oracle: the words of the specification, bit by bit. */
final class PlainSlotHash {

    private static final Pattern TAG = Pattern.compile("^[^{]*\\{([^}]+)}", Pattern.DOTALL);

    private PlainSlotHash() {}

    static int slot(byte[] key) {
        String text = new String(key, StandardCharsets.ISO_8859_1);
        Matcher tag = TAG.matcher(text);
        String hashed = tag.find() ? tag.group(1) : text;
        return crc(hashed.getBytes(StandardCharsets.ISO_8859_1)) % 16384;
    }

    static int crc(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean top = (crc >> 15 & 1) != (b >> bit & 1);
                crc = (crc << 1 & 0xffff) ^ (top ? 0x1021 : 0);
            }
        }
        return crc;
    }
}
