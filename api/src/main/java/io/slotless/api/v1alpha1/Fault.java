package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault to inject, to test how an application bears it.
 *
 * @param type default: {@link FaultType#DELAY}
 * @param percentage how many commands are hit; required
 * @param delay how long the reply is delayed, as a {@linkplain GoDuration Go duration}; an error may be delayed, too
 * @param commands names of the commands that may be hit; default: all but AUTH and PING
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        @Nullable FaultType type,
        @Nullable Percentage percentage,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String delay,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(contentNulls = Nulls.SKIP) @MaxSize(512)
        List<@MaxSize(64) String> commands) {
    public Fault {
        commands = commands == null ? List.of() : List.copyOf(commands);
    }
}
