package io.slotless.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.zjsonpatch.DiffFlags;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.List;

/** The JSON Patch (RFC 6902) from a tree to another. */
public final class PodPatch {

    private PodPatch() {}

    /**
     * The operations that lead from each tree to the next. A diff of lists finds an inserted element only where its
     * neighbours are unchanged: so a change in steps, first within elements and then of elements, makes a patch that
     * touches no more than the change did.
     *
     * @return operations {@code add}, {@code remove} and {@code replace}; empty when the last tree equals the first
     */
    public static ArrayNode through(List<JsonNode> steps) {
        ArrayNode operations = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i < steps.size(); i++) {
            JsonNode diff = JsonDiff.asJson(steps.get(i - 1), steps.get(i), DiffFlags.dontNormalizeOpIntoMoveAndCopy());
            diff.forEach(operations::add);
        }
        return operations;
    }
}
