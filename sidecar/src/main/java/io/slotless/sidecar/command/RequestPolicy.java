package io.slotless.sidecar.command;

import java.util.List;
import java.util.Locale;

/**
 * Where in a cluster a command is to be sent, by
 * <a href="https://redis.io/docs/latest/develop/reference/command-tips/#request_policy">Redis's command tips</a>.
 */
public enum RequestPolicy {
    /** By its keys; without keys, to any shard. */
    NONE,
    ALL_NODES,
    ALL_SHARDS,
    MULTI_SHARD,
    SPECIAL;

    private static final String TIP = "request_policy:";

    static RequestPolicy of(List<String> tips) {
        for (String tip : tips) {
            for (RequestPolicy policy : values()) {
                if (tip.equals(TIP + policy.name().toLowerCase(Locale.ROOT))) {
                    return policy;
                }
            }
        }
        return NONE;
    }
}
