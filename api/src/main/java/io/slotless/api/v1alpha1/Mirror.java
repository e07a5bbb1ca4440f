package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a copy of commands goes.
 *
 * @param route the destination of the copies; required
 * @param percentage how many commands are copied; required
 * @param excludeReadCommands copy only commands that write
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Mirror(
        @Nullable RouteTarget route,
        @Nullable Percentage percentage,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean excludeReadCommands) {}
