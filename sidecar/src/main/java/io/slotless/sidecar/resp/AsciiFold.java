package io.slotless.sidecar.resp;

/** Lower case of single bytes, as Redis compares names: A to Z only, whatever the locale. */
public final class AsciiFold {

    private AsciiFold() {}

    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
