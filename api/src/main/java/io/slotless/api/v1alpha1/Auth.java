package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Credentials: from a Secret or in clear text, not both.
 *
 * @param secret where the credentials are
 * @param plain the credentials themselves
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Auth(
        @Nullable SecretReference secret, @Nullable PlainAuth plain) {}
