package io.slotless.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** How to reach one Redis host: which deployment mode it has, its credentials, its connections. */
@Group("redis.aeraki.io")
@Version("v1alpha1")
@ShortNames("rd")
public class RedisDestination extends CustomResource<RedisDestinationSpec, RedisDestinationStatus>
        implements Namespaced {}
