package io.slotless.api.v1alpha1;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions to a {@link RedisDestination} that both programs ask, and the copy that one hands to the other. */
public final class RedisDestinations {

    private RedisDestinations() {}

    /** What it says about Redis itself; empty where it says nothing, which means {@link RedisMode#PROXY}. */
    public static Optional<RedisSettings> redis(RedisDestination destination) {
        return redis(destination.getSpec());
    }

    /** What it says about Redis itself; empty where it says nothing, which means {@link RedisMode#PROXY}. */
    public static Optional<RedisSettings> redis(@Nullable RedisDestinationSpec spec) {
        return connectionPool(spec).map(ConnectionPool::redis);
    }

    /** What it says about TCP; empty for all defaults. */
    public static Optional<TcpSettings> tcp(RedisDestination destination) {
        return connectionPool(destination.getSpec()).map(ConnectionPool::tcp);
    }

    /** What it says about TLS; empty for plain TCP. */
    public static Optional<TlsSettings> tls(RedisDestination destination) {
        return tls(destination.getSpec());
    }

    /** What it says about TLS; empty for plain TCP. */
    public static Optional<TlsSettings> tls(@Nullable RedisDestinationSpec spec) {
        return trafficPolicy(spec).map(TrafficPolicy::tls);
    }

    /**
     * A copy fit for an annotation or a pod's environment, which more people can read than the object itself: the plain
     * password is withheld (the key is left out; the watch brings it), and so are the status and what only the API
     * server needs.
     */
    public static RedisDestination withoutSecrets(RedisDestination destination) {
        RedisDestination copy = new RedisDestination();
        copy.setMetadata(new ObjectMetaBuilder()
                .withName(destination.getMetadata().getName())
                .withNamespace(destination.getMetadata().getNamespace())
                .withUid(destination.getMetadata().getUid())
                .withCreationTimestamp(destination.getMetadata().getCreationTimestamp())
                .withGeneration(destination.getMetadata().getGeneration())
                .withResourceVersion(destination.getMetadata().getResourceVersion())
                .build());
        copy.setSpec(withoutSecrets(destination.getSpec()));
        return copy;
    }

    /** Whether its plain password was withheld by {@link #withoutSecrets}: credentials are needed but not here. */
    public static boolean isPasswordWithheld(RedisDestination destination) {
        return redis(destination)
                .map(RedisSettings::auth)
                .map(Auth::plain)
                .filter(plain -> plain.password() == null)
                .isPresent();
    }

    private static @Nullable RedisDestinationSpec withoutSecrets(@Nullable RedisDestinationSpec spec) {
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
