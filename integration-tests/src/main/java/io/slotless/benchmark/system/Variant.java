package io.slotless.benchmark.system;

/**
 * Names what is measured.
 *
 * @param product whose it is
 * @param mode what is behind it
 * @param setting what is unusual about this one; empty when nothing is
 */
public record Variant(String product, Mode mode, String setting) {

    /** A product of whose settings nothing is to be told. */
    public static Variant of(String product, Mode mode) {
        return new Variant(product, mode, "");
    }

    @Override
    public String toString() {
        return product + (mode == Mode.DIRECT ? "" : " " + mode) + (setting.isEmpty() ? "" : ", " + setting);
    }
}
