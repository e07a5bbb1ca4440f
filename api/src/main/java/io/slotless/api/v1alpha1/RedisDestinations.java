package io.slotless.api.v1alpha1;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions to the spec of a RedisDestination that both programs ask, and the copy of it that one hands to the other. */
public final class RedisDestinations {

    private RedisDestinations() {}

    /** What it says about Redis itself; empty where it says nothing, which means {@link RedisMode#PROXY}. */
    public static Optional<RedisSettings> redis(@Nullable RedisDestinationSpec spec) {
        return connectionPool(spec).map(ConnectionPool::redis);
    }

    /** What it says about TCP; empty for all defaults. */
    public static Optional<TcpSettings> tcp(@Nullable RedisDestinationSpec spec) {
        return connectionPool(spec).map(ConnectionPool::tcp);
    }

    /** What it says about TLS; empty for plain TCP. */
    public static Optional<TlsSettings> tls(@Nullable RedisDestinationSpec spec) {
        return trafficPolicy(spec).map(TrafficPolicy::tls);
    }

    /** Whether its plain password was withheld by {@link DestinationSnapshot#withoutSecrets}: credentials are needed but not here. */
    public static boolean isPasswordWithheld(@Nullable RedisDestinationSpec spec) {
        return redis(spec)
                .map(RedisSettings::auth)
                .map(Auth::plain)
                .filter(plain -> plain.password() == null)
                .isPresent();
    }

    /** With the plain password left out, which the watch brings; see {@link DestinationSnapshot#withoutSecrets}. */
    static @Nullable RedisDestinationSpec withoutSecrets(@Nullable RedisDestinationSpec spec) {
        if (spec == null || spec.trafficPolicy() == null || spec.trafficPolicy().connectionPool() == null) {
            return spec;
        }
        ConnectionPool pool = spec.trafficPolicy().connectionPool();
        RedisSettings redis = pool.redis();
        if (redis == null || redis.auth() == null || redis.auth().plain() == null) {
            return spec;
        }
        PlainAuth withheld = new PlainAuth(redis.auth().plain().username(), null);
        RedisSettings settings = new RedisSettings(
                redis.mode(), new Auth(redis.auth().secret(), withheld), redis.discoveryEndpoints(), redis.presentAs());
        return new RedisDestinationSpec(
                spec.host(),
                spec.port(),
                new TrafficPolicy(
                        new ConnectionPool(pool.tcp(), settings),
                        spec.trafficPolicy().tls()));
    }

    private static Optional<ConnectionPool> connectionPool(@Nullable RedisDestinationSpec spec) {
        return trafficPolicy(spec).map(TrafficPolicy::connectionPool);
    }

    private static Optional<TrafficPolicy> trafficPolicy(@Nullable RedisDestinationSpec spec) {
        return Optional.ofNullable(spec).map(RedisDestinationSpec::trafficPolicy);
    }
}
