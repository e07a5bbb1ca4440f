package io.slotless.sidecar.differential;

/** What came of one command. */
enum Outcome {
    EQUAL,
    BY_DESIGN,
    REFUSED,
    KNOWN,
    DIFFERENT;

    static Outcome of(Rule rule) {
        return switch (rule.section()) {
            case COMPARED_OTHERWISE -> EQUAL;
            case DIFFERS -> BY_DESIGN;
            case REFUSED -> REFUSED;
            case KNOWN -> KNOWN;
        };
    }
}
