package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.DoubleValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.List;
import java.util.Locale;

/** MEMORY STATS: bytes and keys are summed, what is made of them is made of the sums (Redis 7.0, object.c: memoryCommand). */
public final class MemoryStats {

    /** Of all nodes. */
    public static final ReplyMerge MERGE = ReplyMerge.ofAll(MemoryStats::merged);

    private MemoryStats() {}

    private static RespValue merged(List<RespValue> values) {
        Fields all = Fields.merged(values, MemoryStats::summed);
        double total = number(all, "total.allocated");
        double used = total - number(all, "startup.allocated");
        double resident = number(all, "allocator.resident");
        set(all, "keys.bytes-per-key", number(all, "keys.count") == 0 ? 0 : used / number(all, "keys.count"));
        set(all, "dataset.percentage", used == 0 ? 0 : number(all, "dataset.bytes") * 100 / used);
        set(all, "peak.percentage", total * 100 / number(all, "peak.allocated"));
        set(all, "allocator-fragmentation.ratio", number(all, "allocator.active") / number(all, "allocator.allocated"));
        set(all, "allocator-rss.ratio", resident / number(all, "allocator.active"));
        set(all, "rss-overhead.ratio", (resident + number(all, "rss-overhead.bytes")) / resident);
        set(all, "fragmentation", (total + number(all, "fragmentation.bytes")) / total);
        return all.value();
    }

    private static RespValue summed(String name, RespValue one, RespValue other) {
        if (one instanceof IntegerValue a && other instanceof IntegerValue b) {
            return new IntegerValue(a.value() + b.value());
        }
        return name.startsWith("db.")
                ? Fields.merged(List.of(one, other), MemoryStats::summed).value()
                : one;
    }

    private static double number(Fields fields, String name) {
        return fields.get(name) instanceof IntegerValue integer ? integer.value() : 0;
    }

    /** Only what the server says, too, and as it writes numbers. */
    private static void set(Fields fields, String name, double value) {
        RespValue there = fields.get(name);
        if (there instanceof IntegerValue) {
            fields.put(name, new IntegerValue((long) value));
        } else if (!(there instanceof RespValue.NullValue) && Double.isFinite(value)) {
            String text = String.format(Locale.ROOT, "%.17g", value)
                    .replaceFirst("(\\.\\d*?)0+$", "$1")
                    .replaceFirst("\\.$", "");
            fields.put(name, there instanceof DoubleValue ? new DoubleValue(text) : RespValue.bulk(text));
        }
    }
}
