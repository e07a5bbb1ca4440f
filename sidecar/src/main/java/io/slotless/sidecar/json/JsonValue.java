package io.slotless.sidecar.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is at a place of a document, which may be nothing; null counts as nothing. Methods called {@code as…} take what they can get;
 * {@code demand…} are for a schema: as Jackson's, they turn a number into a text and a text into a number, and refuse what
 * cannot be turned.
 */
public final class JsonValue {

    private final String place;
    private final @Nullable Object value;

    JsonValue(String place, @Nullable Object value) {
        this.place = place;
        this.value = value;
    }

    public boolean isMissing() {
        return value == null;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isText() {
        return value instanceof String;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    /** This value as a document of its own: places in it begin here. */
    public JsonValue asDocument() {
        return new JsonValue("", value);
    }

    /** Nothing in anything but an object. */
    public JsonValue at(String field) {
        return new JsonValue(
                place.isEmpty() ? field : place + "." + field,
                value instanceof Map<?, ?> fields ? fields.get(field) : null);
    }

    /** Of an object, in their order; none of anything else. */
    public Map<String, JsonValue> fields() {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> object) {
            object.keySet().forEach(name -> fields.put((String) name, at((String) name)));
        }
        return fields;
    }

    /** Of an array; none of anything else. */
    public List<JsonValue> items() {
        List<JsonValue> items = new ArrayList<>();
        if (value instanceof List<?> array) {
            for (Object item : array) {
                items.add(new JsonValue(place + "[" + items.size() + "]", item));
            }
        }
        return items;
    }

    /** This object with another field, unless it has a text there. */
    public JsonValue withDefault(String field, String text) {
        if (at(field).isText() || !(value instanceof Map<?, ?> object)) {
            return this;
        }
        return with(object, field, text);
    }

    /** This object with another value of a field. */
    public JsonValue with(String field, JsonValue other) {
        return value instanceof Map<?, ?> object ? with(object, field, other.value) : this;
    }

    private JsonValue with(Map<?, ?> object, String field, @Nullable Object other) {
        Map<Object, @Nullable Object> fields = new LinkedHashMap<>(object);
        fields.put(field, other);
        return new JsonValue(place, fields);
    }

    /** The text; null if there is none. */
    public @Nullable String asTextOrNull() {
        return value instanceof String text ? text : null;
    }

    /** A text, a number or a truth value as text; empty if there is none. */
    public String asText() {
        return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
    }

    /** A number, or a text that is one; 0 if there is none. */
    public int asInt() {
        try {
            Long number = number();
            return number == null ? 0 : Math.toIntExact(number);
        } catch (ArithmeticException | WrongTypeException e) {
            return 0;
        }
    }

    /** The number; null if there is none. */
    public @Nullable Long asLongOrNull() {
        return value instanceof Number number ? (Long) number.longValue() : null;
    }

    /** @throws WrongTypeException if it is an object or an array */
    public @Nullable String demandText() {
        if (value instanceof Map || value instanceof List) {
            throw wrong();
        }
        return value == null ? null : value.toString();
    }

    /** @throws WrongTypeException if it is no number, or too large for an int */
    public @Nullable Integer demandInt() {
        try {
            Long number = number();
            return number == null ? null : (Integer) Math.toIntExact(number);
        } catch (ArithmeticException e) {
            throw wrong();
        }
    }

    /**
     * False if there is nothing.
     *
     * @throws WrongTypeException if it is no truth value
     */
    public boolean demandBoolean() {
        if (value == null || value.equals("")) {
            return false;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return !value.equals(0);
        }
        String text = asText().strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw wrong();
    }

    /**
     * The texts of an array, without those that are null; none if there is nothing.
     *
     * @throws WrongTypeException if it is no array, or one of other things
     */
    public List<String> demandTexts() {
        if (value != null && !isArray()) {
            throw wrong();
        }
        return items().stream()
                .filter(item -> !item.isMissing())
                .map(item -> item.demandText())
                .toList();
    }

    /**
     * What is made of an object; null if there is none.
     *
     * @throws WrongTypeException if it is something else
     */
    public <T> @Nullable T demandObject(Function<JsonValue, T> reader) {
        if (value != null && !isObject()) {
            throw wrong();
        }
        return value == null ? null : reader.apply(this);
    }

    private @Nullable Long number() {
        if (value == null || value.equals("")) {
            return null;
        }
        try {
            if (value instanceof BigInteger large) {
                return large.longValueExact();
            }
            return value instanceof Number number ? (Long) number.longValue() : (Long) Long.parseLong(asText().strip());
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private WrongTypeException wrong() {
        return new WrongTypeException((place.isEmpty() ? "it" : place) + " has a value of a wrong type");
    }

    @Override
    public String toString() {
        return place + ": " + value;
    }
}
