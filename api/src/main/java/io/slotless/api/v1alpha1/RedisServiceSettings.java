package io.slotless.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the Redis that clients see.
 *
 * @param caseInsensitive compare key prefixes without regard to case
 * @param opTimeout how long a command may take, as a {@linkplain GoDuration Go duration}; default: 60s
 * @param enableCommandStats count and time each command by its name
 * @param maxBufferSizeBeforeFlush bytes to collect before a write, 0 to 2^32-1; default and 0: no batching by size
 * @param bufferFlushTimeout how long to collect them, as a {@linkplain GoDuration Go duration}; default: 3ms
 * @param maxUpstreamUnknownConnections the most connections to nodes known only by redirection, 0 to 2^32-1; default: 100
 * @param enableHashtagging hash only the {@code {tag}} of a key in {@link RedisMode#PROXY} mode
 * @param enableRedirection follow MOVED and ASK in {@link RedisMode#PROXY} mode
 * @param readPolicy which nodes reads go to; default: {@link ReadPolicy#MASTER}
 * @param auth what clients must authenticate with; default: nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedisServiceSettings(
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean caseInsensitive,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String opTimeout,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean enableCommandStats,
        @Nullable Long maxBufferSizeBeforeFlush,
        @MaxSize(GoDuration.MAX_LENGTH) @Nullable String bufferFlushTimeout,
        @Nullable Long maxUpstreamUnknownConnections,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean enableHashtagging,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean enableRedirection,
        @Nullable ReadPolicy readPolicy,
        @Nullable Auth auth) {}
