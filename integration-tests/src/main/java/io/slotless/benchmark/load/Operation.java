package io.slotless.benchmark.load;

/** What a load does; its keys are random ones of those that {@link Keys} names. */
public enum Operation {
    GET,
    SET,
    /** Of {@link Workload#MANY} keys, each of any slot. */
    MGET,
    /** Of {@link Workload#MANY} keys, each of any slot. */
    MSET,
    /** Four GETs for each SET. */
    MIXED
}
