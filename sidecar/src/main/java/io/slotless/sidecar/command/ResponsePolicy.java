package io.slotless.sidecar.command;

import java.util.List;
import java.util.Locale;

/**
 * How the replies of several shards become one, by
 * <a href="https://redis.io/docs/latest/develop/reference/command-tips/#response_policy">Redis's command tips</a>.
 */
public enum ResponsePolicy {
    /** With keys, the replies in the order of the keys; without, all replies in any order. */
    DEFAULT,
    ONE_SUCCEEDED,
    ALL_SUCCEEDED,
    AGG_LOGICAL_AND,
    AGG_LOGICAL_OR,
    AGG_MIN,
    AGG_MAX,
    AGG_SUM,
    SPECIAL;

    private static final String TIP = "response_policy:";

    static ResponsePolicy of(List<String> tips) {
        for (String tip : tips) {
            for (ResponsePolicy policy : values()) {
                if (tip.equals(TIP + policy.name().toLowerCase(Locale.ROOT))) {
                    return policy;
                }
            }
        }
        return DEFAULT;
    }
}
