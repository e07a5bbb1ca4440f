package io.slotless.benchmark.load;

import java.nio.charset.StandardCharsets;

/** Keys of fixed width, {@code 64:0000000123}: values of another size have keys of their own. */
public final class Keys {

    static final int DIGITS = 10;

    private Keys() {}

    /** What all keys of values of this size begin with. */
    static byte[] prefix(int valueBytes) {
        return (valueBytes + ":").getBytes(StandardCharsets.US_ASCII);
    }

    /** The key of a number, as text. */
    public static String key(int valueBytes, int number) {
        return "%d:%010d".formatted(valueBytes, number);
    }

    /** How many keys there are of this size: not so many that small ones stay in a processor's cache. */
    public static int count(int valueBytes) {
        int small = 100_000;
        int budget = 64 * 1024 * 1024;
        return Math.max(16, Math.min(small, budget / valueBytes));
    }
}
