package io.slotless.sidecar.upstream;

import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a connection to Redis is, besides where it leads: clients that agree in it can share a connection.
 *
 * @param credentials null: the connection does not authenticate
 * @param protocol RESP2 or RESP3
 * @param database the selected database; 0 in a cluster
 * @param noTouch whether what is read through it counts as not used (CLIENT NO-TOUCH)
 * @param tracking null: what is read through it is not tracked
 */
public record Identity(
        @Nullable Credentials credentials,
        ProtocolVersion protocol,
        int database,
        boolean noTouch,
        @Nullable Tracking tracking) {

    /** One without options. */
    public Identity(@Nullable Credentials credentials, ProtocolVersion protocol, int database) {
        this(credentials, protocol, database, false, null);
    }

    /** Whether its client does not want it any more, and nobody else can. */
    boolean isOver() {
        return tracking != null && tracking.isOver();
    }

    public Identity withCredentials(@Nullable Credentials newCredentials) {
        return new Identity(newCredentials, protocol, database, noTouch, tracking);
    }

    public Identity withProtocol(ProtocolVersion newProtocol) {
        return new Identity(credentials, newProtocol, database, noTouch, tracking);
    }

    public Identity withDatabase(int newDatabase) {
        return new Identity(credentials, protocol, newDatabase, noTouch, tracking);
    }

    /** That of a client that says CLIENT NO-TOUCH. */
    public Identity withNoTouch(boolean newNoTouch) {
        return new Identity(credentials, protocol, database, newNoTouch, tracking);
    }

    public Identity withTracking(@Nullable Tracking newTracking) {
        return new Identity(credentials, protocol, database, noTouch, newTracking);
    }
}
