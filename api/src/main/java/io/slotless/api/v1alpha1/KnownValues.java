package io.slotless.api.v1alpha1;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Enums that may get more values in later releases: those of this release, and one for all others. */
final class KnownValues {

    /** The name of the value that stands for all others. */
    static final String UNRECOGNIZED = "UNRECOGNIZED";

    private KnownValues() {}

    /** The value of that name, or else {@code unrecognized}. */
    static <E extends Enum<E>> E of(Class<E> type, String name, E unrecognized) {
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(unrecognized);
    }

    /** The values that may be written, in the order and the quotes in which the API server tells them. */
    static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Enum::name)
                .filter(name -> !name.equals(UNRECOGNIZED))
                .sorted()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
    }
}
