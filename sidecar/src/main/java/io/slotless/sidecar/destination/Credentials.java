package io.slotless.sidecar.destination;

import org.jspecify.annotations.Nullable;

/**
 * What AUTH needs. Never printed.
 *
 * @param username the ACL user; null for the one-argument AUTH (the default user)
 * @param password may be empty
 */
public record Credentials(@Nullable String username, String password) {

    @Override
    public String toString() {
        return "Credentials[" + (username == null ? "default user" : username) + "]";
    }
}
