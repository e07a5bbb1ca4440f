package io.slotless.api.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which RedisDestination, and how new: the {@code metadata} of the same names.
 *
 * @param uid null where it comes from a file
 * @param generation null where it comes from a file
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DestinationVersion(
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String uid,
        @Nullable Long generation) {}
