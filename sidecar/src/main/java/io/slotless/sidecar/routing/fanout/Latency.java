package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What nodes measured of their latency, as if one server had (Redis documentation, LATENCY). */
public final class Latency {

    /** By event: time and latency of the newest spike, the highest latency; what newer servers add are sums. */
    public static final ReplyMerge LATEST = ReplyMerge.ofAll(Latency::latest);

    /** By time; no more samples than one server keeps. */
    public static final ReplyMerge HISTORY = ReplyMerge.ofAll(Latency::history);

    /** By command: calls, and how many of them took no longer than so many microseconds. */
    public static final ReplyMerge HISTOGRAM = ReplyMerge.ofAll(values -> Fields.merged(
                    values, (command, one, other) -> Fields.merged(List.of(one, other), Latency::distribution)
                            .value())
            .value());

    /** Redis 7.0, latency.h: LATENCY_TS_LEN. */
    private static final int SAMPLES = 160;

    private static final int EVENT = 0;
    private static final int TIME = 1;
    private static final int MAX = 3;

    private Latency() {}

    private static RespValue latest(List<RespValue> values) {
        Map<RespValue, List<RespValue>> events = new LinkedHashMap<>();
        for (RespValue value : values) {
            for (RespValue event : Aggregates.elements(value)) {
                List<RespValue> fields = fields(event, MAX + 1);
                events.merge(fields.get(EVENT), fields, Latency::merged);
            }
        }
        return new ArrayValue(events.values().stream()
                .map(event -> (RespValue) new ArrayValue(event))
                .toList());
    }

    private static List<RespValue> merged(List<RespValue> one, List<RespValue> other) {
        List<RespValue> newest = number(other, TIME) > number(one, TIME) ? other : one;
        List<RespValue> merged = new ArrayList<>(newest.subList(0, MAX));
        merged.add(new IntegerValue(Math.max(number(one, MAX), number(other, MAX))));
        for (int i = MAX + 1; i < Math.min(one.size(), other.size()); i++) {
            merged.add(new IntegerValue(number(one, i) + number(other, i)));
        }
        return merged;
    }

    private static RespValue history(List<RespValue> values) {
        List<RespValue> samples = new ArrayList<>();
        values.forEach(value -> samples.addAll(Aggregates.elements(value)));
        samples.sort(Comparator.comparingLong(sample -> number(fields(sample, 2), 0)));
        return new ArrayValue(samples.subList(Math.max(0, samples.size() - SAMPLES), samples.size()));
    }

    private static RespValue distribution(String field, RespValue one, RespValue other) {
        if (field.equals("calls")) {
            return new IntegerValue(Fields.number(one) + Fields.number(other));
        }
        return field.equals("histogram_usec") ? buckets(Fields.of(one), Fields.of(other)) : one;
    }

    /** Each bucket counts those before it, too: what one lacks has there what its bucket before has. */
    private static RespValue buckets(Fields one, Fields other) {
        TreeMap<Long, Long> a = counts(one);
        TreeMap<Long, Long> b = counts(other);
        TreeMap<Long, Long> all = new TreeMap<>(a);
        all.putAll(b);
        all.replaceAll((bucket, ignored) -> upTo(a, bucket) + upTo(b, bucket));
        return one.with(all);
    }

    private static TreeMap<Long, Long> counts(Fields buckets) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        buckets.entries().forEach(entry -> counts.put(Fields.number(entry.getKey()), Fields.number(entry.getValue())));
        return counts;
    }

    private static long upTo(TreeMap<Long, Long> counts, long bucket) {
        Map.Entry<Long, Long> floor = counts.floorEntry(bucket);
        return floor == null ? 0 : floor.getValue();
    }

    private static List<RespValue> fields(RespValue value, int least) {
        if (value instanceof ArrayValue array && array.elements().size() >= least) {
            return array.elements();
        }
        throw new RespException("not a latency");
    }

    private static long number(List<RespValue> fields, int field) {
        return Fields.number(fields.get(field));
    }
}
