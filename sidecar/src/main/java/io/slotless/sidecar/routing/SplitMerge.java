package io.slotless.sidecar.routing;

/** What becomes of the replies to the parts of a split command. */
public enum SplitMerge {
    /** Each is an array with an element for each key of its part: one array, in the order of the keys. */
    ELEMENTS,
    /** Each says the same: one of them. */
    AGREEMENT,
    /** Each is a number: their sum. */
    SUM
}
