package io.slotless.sidecar.proxy;

import java.util.Random;

/** Bytes among which any order but the right one shows. */
final class LargeValue {

    private LargeValue() {}

    static byte[] of(int length) {
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        return value;
    }
}
