package io.slotless.sidecar.command;

import java.util.Locale;
import java.util.Optional;

/** The flags of <a href="https://redis.io/docs/latest/commands/command/#flags">COMMAND</a>, by Redis's names. */
public enum CommandFlag {
    ADMIN,
    ALLOW_BUSY,
    ASKING,
    BLOCKING,
    DENYOOM,
    FAST,
    LOADING,
    MAY_REPLICATE,
    MODULE,
    MOVABLEKEYS,
    NOSCRIPT,
    NO_ASYNC_LOADING,
    NO_AUTH,
    NO_MANDATORY_KEYS,
    NO_MULTI,
    ONLY_SENTINEL,
    PROTECTED,
    PUBSUB,
    READONLY,
    SENTINEL,
    SKIP_MONITOR,
    SKIP_SLOWLOG,
    STALE,
    TOUCHES_ARBITRARY_KEYS,
    WRITE;

    /** The name in Redis. */
    public String redisName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a flag of another version of Redis, which then means nothing to us. */
    static Optional<CommandFlag> of(String redisName) {
        for (CommandFlag flag : values()) {
            if (flag.redisName().equals(redisName)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}
