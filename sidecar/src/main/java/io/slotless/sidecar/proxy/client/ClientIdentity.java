package io.slotless.sidecar.proxy.client;

import io.slotless.sidecar.clients.ClientView.Library;
import io.slotless.sidecar.destination.Credentials;
import io.slotless.sidecar.proxy.reply.Hearing;
import io.slotless.sidecar.resp.ProtocolVersion;
import io.slotless.sidecar.upstream.Identity;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who a client is: upstream, where the destination's credentials serve until it has shown its own, and by name. */
public final class ClientIdentity {

    private Identity upstream;
    private final BiConsumer<Identity, Identity> changes;
    private boolean ownCredentials;
    private String name = "";
    private Library library = Library.UNKNOWN;
    private Hearing hearing = Hearing.ON;
    private boolean evictable = true;

    /** @param changes gets what the client was upstream, and what it is now */
    public ClientIdentity(@Nullable Credentials ofDestination, BiConsumer<Identity, Identity> changes) {
        this.changes = changes;
        this.upstream = fresh(ofDestination);
    }

    public Identity upstream() {
        return upstream;
    }

    /** From the next command on it is somebody else. */
    public void become(Identity identity) {
        ownCredentials |= !Objects.equals(identity.credentials(), upstream.credentials());
        change(identity);
    }

    /** The destination has other credentials now. */
    public void moveTo(@Nullable Credentials ofDestination) {
        if (!ownCredentials) {
            change(upstream.withCredentials(ofDestination));
        }
    }

    /** Back to what a fresh connection is. */
    public void reset(@Nullable Credentials ofDestination) {
        change(fresh(ofDestination));
        ownCredentials = false;
        name = "";
        hearing = Hearing.ON;
        evictable = true;
    }

    /** Empty when the client has not set one. */
    public String name() {
        return name;
    }

    public void name(String newName) {
        name = newName;
    }

    /** What the client library says it is. */
    public Library library() {
        return library;
    }

    public void library(Library newLibrary) {
        library = newLibrary;
    }

    /** Whether it wants to hear replies. */
    public Hearing hearing() {
        return hearing;
    }

    public void hearing(Hearing newHearing) {
        hearing = newHearing;
    }

    /** Shown only: a sidecar gives up no client for want of memory. */
    public boolean isEvictable() {
        return evictable;
    }

    public void mayBeEvicted() {
        evictable = true;
    }

    public void mustNotBeEvicted() {
        evictable = false;
    }

    private void change(Identity next) {
        Identity before = upstream;
        upstream = next;
        changes.accept(before, next);
    }

    private static Identity fresh(@Nullable Credentials ofDestination) {
        return new Identity(ofDestination, ProtocolVersion.RESP2, 0);
    }
}
