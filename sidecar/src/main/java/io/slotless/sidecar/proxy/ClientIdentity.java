package io.slotless.sidecar.proxy;

import io.slotless.sidecar.clients.ClientView.Library;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.Identity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who a client is: upstream, where the destination's credentials serve until it has shown its own, and by name. */
final class ClientIdentity {

    private Identity upstream;
    private boolean ownCredentials;
    private String name = "";
    private Library library = Library.UNKNOWN;
    private Hearing hearing = Hearing.ON;
    private boolean evictable = true;

    ClientIdentity(@Nullable Credentials ofDestination) {
        this.upstream = fresh(ofDestination);
    }

    Identity upstream() {
        return upstream;
    }

    /** From the next command on it is somebody else. */
    void become(Identity identity) {
        ownCredentials |= !Objects.equals(identity.credentials(), upstream.credentials());
        upstream = identity;
    }

    /** The destination has other credentials now. */
    void moveTo(@Nullable Credentials ofDestination) {
        if (!ownCredentials) {
            upstream = new Identity(ofDestination, upstream.protocol(), upstream.database());
        }
    }

    /** Back to what a fresh connection is. */
    void reset(@Nullable Credentials ofDestination) {
        upstream = fresh(ofDestination);
        ownCredentials = false;
        name = "";
        hearing = Hearing.ON;
        evictable = true;
    }

    /** Empty when the client has not set one. */
    String name() {
        return name;
    }

    void name(String newName) {
        name = newName;
    }

    /** What the client library says it is. */
    Library library() {
        return library;
    }

    void library(Library newLibrary) {
        library = newLibrary;
    }

    /** Whether it wants to hear replies. */
    Hearing hearing() {
        return hearing;
    }

    void hearing(Hearing newHearing) {
        hearing = newHearing;
    }

    /** Shown only: a sidecar gives up no client for want of memory. */
    boolean isEvictable() {
        return evictable;
    }

    void evictable(boolean newEvictable) {
        evictable = newEvictable;
    }

    private static Identity fresh(@Nullable Credentials ofDestination) {
        return new Identity(ofDestination, ProtocolVersion.RESP2, 0);
    }
}
