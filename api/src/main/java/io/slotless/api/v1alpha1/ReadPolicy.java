package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** Which nodes of a Redis Cluster commands that only read go to. */
public enum ReadPolicy {
    /** The primary. The default. */
    MASTER,
    /** The primary, a replica while there is none. */
    PREFER_MASTER,
    /** A replica. */
    REPLICA,
    /** A replica, the primary while there is none. */
    PREFER_REPLICA,
    /** Any node. */
    ANY,
    /**
     * A value that this release does not know. Never written, not in the schema: it lets one object that is newer than
     * we are be refused by itself, instead of spoiling the whole list it was read with.
     */
    @JsonIgnore
    UNRECOGNIZED;

    @JsonCreator
    static ReadPolicy of(String value) {
        return KnownValues.of(ReadPolicy.class, value, UNRECOGNIZED);
    }
}
