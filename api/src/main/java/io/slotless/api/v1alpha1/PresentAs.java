package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What the sidecar pretends to be. */
public enum PresentAs {
    /** A single Redis, for clients that only know plain Redis. The default. */
    STANDALONE,
    /** A Redis Cluster of one node that owns all slots, for cluster-aware clients. */
    CLUSTER,
    /**
     * A value that this release does not know. Never written, not in the schema: it lets one object that is newer than
     * we are be refused by itself, instead of spoiling the whole list it was read with.
     */
    @JsonIgnore
    UNRECOGNIZED;

    /** The value of that name, or else {@link #UNRECOGNIZED}. */
    @JsonCreator
    public static PresentAs of(String value) {
        return KnownValues.of(PresentAs.class, value, UNRECOGNIZED);
    }
}
