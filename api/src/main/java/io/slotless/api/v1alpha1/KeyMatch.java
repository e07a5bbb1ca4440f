package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a key must have to take a route.
 *
 * @param prefix what the key must begin with; default: anything
 * @param removePrefix forward the key without the prefix
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyMatch(
        @Nullable String prefix,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean removePrefix) {}
