package io.slotless.api.status;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.slotless.api.v1alpha1.RedisMode;
import org.jspecify.annotations.Nullable;

/**
 * Where one Redis host of a sidecar stands.
 *
 * @param host its full name, as in the bootstrap
 * @param destination the RedisDestination that the sidecar read last for it; null where there is none: then it passes
 *     the host through
 * @param mode the mode in force; null before there is any
 * @param shards shards of the cluster, 1 for a single Redis, 0 when not known
 * @param nodes nodes of the cluster, replicas included, 1 for a single Redis, 0 when not known
 * @param ready whether clients are served by what {@code destination} says, and Redis answers
 * @param reason one UpperCamelCase word for machines, as in conditions of Kubernetes
 * @param message the same for people; never a secret
 * @param since when the sidecar noticed that it is so, RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HostStatus(
        @Nullable String host,
        @Nullable DestinationVersion destination,
        @Nullable RedisMode mode,
        int shards,
        int nodes,
        boolean ready,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String since) {}
