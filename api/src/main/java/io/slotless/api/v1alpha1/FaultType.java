package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What a fault does to a command. */
public enum FaultType {
    /** Its reply comes late. The default. */
    DELAY,
    /** It gets an error instead of being carried out. */
    ERROR,
    /**
     * A value that this release does not know. Never written, not in the schema: it lets one object that is newer than
     * we are be refused by itself, instead of spoiling the whole list it was read with.
     */
    @JsonIgnore
    UNRECOGNIZED;

    @JsonCreator
    static FaultType of(String value) {
        return KnownValues.of(FaultType.class, value, UNRECOGNIZED);
    }
}
