package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** Whether and how TLS is spoken to Redis. */
public enum TlsMode {
    /** Plain TCP. */
    DISABLE,
    /** TLS; only the server shows a certificate. */
    SIMPLE,
    /** TLS; the sidecar shows a certificate, too. */
    MUTUAL,
    /**
     * A value that this release does not know. Never written, not in the schema: it lets one object that is newer than
     * we are be refused by itself, instead of spoiling the whole list it was read with.
     */
    @JsonIgnore
    UNRECOGNIZED;

    /** The value of that name, or else {@link #UNRECOGNIZED}. */
    @JsonCreator
    public static TlsMode of(String value) {
        return KnownValues.of(TlsMode.class, value, UNRECOGNIZED);
    }
}
