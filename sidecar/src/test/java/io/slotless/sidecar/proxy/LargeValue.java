package io.slotless.sidecar.proxy;

import java.util.Random;

/** Bytes among which any order but the right one shows. */
public final class LargeValue {

    private LargeValue() {}

    public static byte[] of(int length) {
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        return value;
    }
}
