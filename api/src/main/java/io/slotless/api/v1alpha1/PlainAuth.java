package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in clear text: anybody who can read the object can read them.
 *
 * @param username the ACL user; default: the default user
 * @param password the password, empty for none; required, missing only in a copy {@linkplain DestinationSnapshot#withoutSecrets without
 *     secrets}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlainAuth(@Nullable String username, @Nullable String password) {
    @Override
    public String toString() {
        return "PlainAuth[username=" + username + ", password=" + (password == null ? "null" : "***") + "]";
    }
}
