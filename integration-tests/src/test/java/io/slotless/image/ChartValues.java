package io.slotless.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.slotless.it.Stage;

/** The defaults of the Helm chart. */
final class ChartValues {

    private ChartValues() {}

    /** A quantity such as 256Mi. */
    static long bytes(String pointer) {
        JsonNode values = Serialization.unmarshal(Stage.manifest("charts/slotless/values.yaml"), JsonNode.class);
        return Quantity.getAmountInBytes(new Quantity(values.at(pointer).asText()))
                .longValueExact();
    }
}
