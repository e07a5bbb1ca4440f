package io.slotless.api.v1alpha1;

/** What an API server calls this API and its kinds. */
public final class ApiNames {

    /** The group; it is Aeraki Mesh's. */
    public static final String GROUP = "redis.aeraki.io";

    /** The version that this package has. */
    public static final String VERSION = "v1alpha1";

    /** Both, as objects and paths say them. */
    public static final String API_VERSION = GROUP + "/" + VERSION;

    /** The kind of what says how to reach a Redis host. */
    public static final String REDIS_DESTINATION = "RedisDestination";

    /** The same in paths. */
    public static final String REDIS_DESTINATIONS = "redisdestinations";

    private ApiNames() {}
}
