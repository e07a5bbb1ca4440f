package io.slotless.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The Redis that clients see under one or more hosts: routes over destinations, faults, the password of the clients.
 *
 * <p>What an API server with our schema never lets through can still be in an object (read from a file, or stored under
 * another schema): ask {@link Validation} before use.
 */
@Group("redis.aeraki.io")
@Version("v1alpha1")
@ShortNames("rsvc")
@Categories("redis-aeraki-io")
@AdditionalPrinterColumn(name = "Hosts", jsonPath = ".spec.host", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class RedisService extends CustomResource<RedisServiceSpec, RedisServiceStatus> implements Namespaced {}
