package io.slotless.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.slotless.api.v1alpha1.ApiNames;
import io.slotless.api.v1alpha1.RedisServiceSpec;
import io.slotless.api.v1alpha1.Validation;

/**
 * The Redis that clients see under one or more hosts: routes over destinations, faults, the password of the clients.
 *
 * <p>What an API server with our schema never lets through can still be in an object (read from a file, or stored under
 * another schema): ask {@link Validation} before use.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@Group(ApiNames.GROUP)
@Version(ApiNames.VERSION)
@ShortNames("rsvc")
@Categories("redis-aeraki-io")
@AdditionalPrinterColumn(name = "Hosts", jsonPath = ".spec.host", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class RedisService extends CustomResource<RedisServiceSpec, RedisServiceStatus> implements Namespaced {

    /** Without the annotations, where kubectl keeps a copy of the object with all its secrets. */
    @Override
    public String toString() {
        return "RedisService[" + getMetadata().getNamespace() + "/"
                + getMetadata().getName() + ", spec=" + getSpec() + ", status=" + getStatus() + "]";
    }
}
