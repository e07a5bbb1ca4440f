package io.slotless.api.v1alpha1;

/** Reading of enums that may get more values in later releases. */
final class KnownValues {

    private KnownValues() {}

    /** The value of that name, or else {@code unrecognized}. */
    static <E extends Enum<E>> E of(Class<E> type, String name, E unrecognized) {
        for (E known : type.getEnumConstants()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return unrecognized;
    }
}
