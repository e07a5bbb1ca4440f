package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** The deployment mode of a Redis host. */
public enum RedisMode {
    /** One server; whatever it says passes untouched. The default. */
    PROXY,
    /** Another spelling of {@link #PROXY}. */
    STANDALONE,
    /** A Redis Cluster, hidden from the client. */
    CLUSTER,
    /**
     * A value that this release does not know. Never written, not in the schema: it lets one object that is newer than
     * we are be refused by itself, instead of spoiling the whole list it was read with.
     */
    @JsonIgnore
    UNRECOGNIZED;

    /** The value of that name, or else {@link #UNRECOGNIZED}. */
    @JsonCreator
    public static RedisMode of(String value) {
        return KnownValues.of(RedisMode.class, value, UNRECOGNIZED);
    }
}
