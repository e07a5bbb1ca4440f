package io.slotless.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import io.slotless.api.v1alpha1.ApiNames;
import io.slotless.api.v1alpha1.RedisDestinationSpec;
import io.slotless.api.v1alpha1.Validation;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one Redis host: which deployment mode it has, its credentials, its connections.
 *
 * <p>What an API server with our schema never lets through can still be in an object (read from a file, or stored under
 * another schema): ask {@link Validation} before use.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Group(ApiNames.GROUP)
@Version(ApiNames.VERSION)
@Kind(ApiNames.REDIS_DESTINATION)
@Plural(ApiNames.REDIS_DESTINATIONS)
@Singular("redisdestination")
@ShortNames("rd")
@Categories("redis-aeraki-io")
@AdditionalPrinterColumn(name = "Host", jsonPath = ".spec.host", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".status.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Shards", jsonPath = ".status.shards", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class RedisDestination extends CustomResource<RedisDestinationSpec, RedisDestinationStatus>
        implements Namespaced {

    /** A record cannot be made without its contents, and to find that out takes its time. */
    @Override
    protected @Nullable RedisDestinationSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable RedisDestinationStatus initStatus() {
        return null;
    }

    /** Without the annotations, where kubectl keeps a copy of the object with all its secrets. */
    @Override
    public String toString() {
        return "RedisDestination[" + getMetadata().getNamespace() + "/"
                + getMetadata().getName() + ", spec=" + getSpec() + ", status=" + getStatus() + "]";
    }
}
