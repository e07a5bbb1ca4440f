package io.slotless.webhook.injection;

import org.jspecify.annotations.Nullable;

/**
 * A host as the cluster's DNS understands it.
 *
 * @param fullName {@code redis-cluster.redis.svc.cluster.local}, or the name of a host outside the cluster
 * @param service the Service it is; null for a host outside the cluster
 */
public record RedisHost(String fullName, @Nullable ServiceName service) {}
