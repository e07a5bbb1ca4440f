package io.slotless.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * How to reach one Redis host: which deployment mode it has, its credentials, its connections.
 *
 * <p>What an API server with our schema never lets through can still be in an object (read from a file, or stored under
 * another schema): ask {@code Validation} before use.
 */
@Group("redis.aeraki.io")
@Version("v1alpha1")
@ShortNames("rd")
@Categories("redis-aeraki-io")
public class RedisDestination extends CustomResource<RedisDestinationSpec, RedisDestinationStatus>
        implements Namespaced {}
