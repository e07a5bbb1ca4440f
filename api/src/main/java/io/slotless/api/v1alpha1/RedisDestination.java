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
 * How to reach one Redis host: which deployment mode it has, its credentials, its connections.
 *
 * <p>What an API server with our schema never lets through can still be in an object (read from a file, or stored under
 * another schema): ask {@link Validation} before use.
 */
@Group("redis.aeraki.io")
@Version("v1alpha1")
@ShortNames("rd")
@Categories("redis-aeraki-io")
@AdditionalPrinterColumn(name = "Host", jsonPath = ".spec.host", type = Type.STRING)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.trafficPolicy.connectionPool.redis.mode", type = Type.STRING)
@AdditionalPrinterColumn(name = "Shards", jsonPath = ".status.shards", type = Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class RedisDestination extends CustomResource<RedisDestinationSpec, RedisDestinationStatus>
        implements Namespaced {}
