package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.BulkString;
import io.slotless.sidecar.resp.RespValue.MapValue;
import io.slotless.sidecar.resp.RespValue.SimpleString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A map as both protocols write it: RESP3 with a type of its own, RESP2 as an array of names and values. */
final class Fields {

    private final Map<RespValue, RespValue> values;
    private final boolean flat;

    private Fields(Map<RespValue, RespValue> values, boolean flat) {
        this.values = values;
        this.flat = flat;
    }

    static Fields of(RespValue value) {
        Map<RespValue, RespValue> values = new LinkedHashMap<>();
        if (value instanceof MapValue map) {
            map.entries().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return new Fields(values, false);
        }
        if (!(value instanceof ArrayValue array) || array.elements().size() % 2 != 0) {
            throw new RespException("not a map");
        }
        for (int i = 0; i < array.elements().size(); i += 2) {
            values.put(array.elements().get(i), array.elements().get(i + 1));
        }
        return new Fields(values, true);
    }

    /** The fields of all of these, of which there is one at least; those with one name become one value. */
    static Fields merged(List<RespValue> maps, Merger merger) {
        Fields all = of(maps.get(0));
        for (RespValue map : maps.subList(1, maps.size())) {
            of(map).values
                    .forEach((name, value) ->
                            all.values.merge(name, value, (one, other) -> merger.merge(text(name), one, other)));
        }
        return all;
    }

    List<Map.Entry<RespValue, RespValue>> entries() {
        return List.copyOf(values.entrySet());
    }

    /** Sets what is there, or adds it. */
    void put(String name, RespValue value) {
        for (RespValue key : values.keySet()) {
            if (text(key).equals(name)) {
                values.put(key, value);
                return;
            }
        }
        values.put(RespValue.bulk(name), value);
    }

    /** The value of a name; null's own value when there is none. */
    RespValue get(String name) {
        return values.entrySet().stream()
                .filter(entry -> text(entry.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(RespValue.NullValue.BULK_STRING);
    }

    /** In the spelling of the protocol it came in. */
    RespValue value() {
        if (!flat) {
            return new MapValue(entries());
        }
        List<RespValue> elements = new ArrayList<>(2 * values.size());
        values.forEach((name, value) -> {
            elements.add(name);
            elements.add(value);
        });
        return new ArrayValue(elements);
    }

    /** A string of either kind. */
    static String text(RespValue value) {
        if (value instanceof BulkString bulk) {
            return bulk.text();
        }
        if (value instanceof SimpleString simple) {
            return simple.text();
        }
        if (value instanceof RespValue.VerbatimString verbatim) {
            return verbatim.text();
        }
        throw new RespException("not a text");
    }

    /** These numbers, in the spelling of this one. */
    RespValue with(SortedMap<Long, Long> numbers) {
        Map<RespValue, RespValue> all = new LinkedHashMap<>();
        numbers.forEach((name, value) -> all.put(new RespValue.IntegerValue(name), new RespValue.IntegerValue(value)));
        return new Fields(all, flat).value();
    }

    static long number(RespValue value) {
        if (value instanceof RespValue.IntegerValue integer) {
            return integer.value();
        }
        throw new RespException("not a number");
    }

    /** Makes one of two values with one name. */
    interface Merger {
        RespValue merge(String name, RespValue one, RespValue other);
    }
}
