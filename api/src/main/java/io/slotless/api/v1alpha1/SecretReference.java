package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Credentials in a Secret of the same namespace.
 *
 * @param name name of the Secret; required
 * @param passwordField key of the password; default: {@code password}, else {@code token}
 * @param usernameField key of the ACL user; default: {@code username}, and no user where that is missing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretReference(
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String name,
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String passwordField,
        @MaxSize(DnsName.MAX_LENGTH) @Nullable String usernameField) {}
