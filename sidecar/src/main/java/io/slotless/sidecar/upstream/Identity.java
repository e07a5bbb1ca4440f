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
 */
public record Identity(@Nullable Credentials credentials, ProtocolVersion protocol, int database) {

    public Identity withCredentials(Credentials newCredentials) {
        return new Identity(newCredentials, protocol, database);
    }

    public Identity withProtocol(ProtocolVersion newProtocol) {
        return new Identity(credentials, newProtocol, database);
    }

    public Identity withDatabase(int newDatabase) {
        return new Identity(credentials, protocol, newDatabase);
    }
}
