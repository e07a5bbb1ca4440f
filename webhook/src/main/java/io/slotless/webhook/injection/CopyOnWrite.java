package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/**
 * Changes trees that others hold, too: only what leads to a change is copied, all else is shared. So a diff, for which the same
 * node is equal to itself, looks at nothing but the changes.
 */
final class CopyOnWrite {

    private CopyOnWrite() {}

    /** An object whose fields may be set, but not what is in them. */
    static ObjectNode copy(JsonNode object) {
        ObjectNode original = (ObjectNode) object;
        return original.objectNode().setAll(original);
    }

    /** In the place of an object's field; a new one if there is none. */
    static ObjectNode objectIn(ObjectNode parent, String field) {
        ObjectNode copy = copy(parent.withObjectProperty(field));
        parent.set(field, copy);
        return copy;
    }

    /** As {@link #objectIn}. */
    static ArrayNode arrayIn(ObjectNode parent, String field) {
        ArrayNode copy = parent.arrayNode().addAll(parent.withArrayProperty(field));
        parent.set(field, copy);
        return copy;
    }

    /** The array with each element as the operator makes it: the same array, if every element stays the same. */
    static JsonNode each(JsonNode array, UnaryOperator<JsonNode> operator) {
        if (!(array instanceof ArrayNode elements)) {
            return array;
        }
        ArrayNode changed = elements.arrayNode(elements.size());
        boolean same = true;
        for (JsonNode element : elements) {
            JsonNode now = operator.apply(element);
            same &= now == element;
            changed.add(now);
        }
        return same ? elements : changed;
    }

    /** The object with a field as the operator makes it: the same object, if the field stays the same or is missing. */
    static JsonNode with(JsonNode object, String field, UnaryOperator<JsonNode> operator) {
        JsonNode before = object.path(field);
        JsonNode now = operator.apply(before);
        return now == before ? object : copy(object).set(field, now);
    }
}
