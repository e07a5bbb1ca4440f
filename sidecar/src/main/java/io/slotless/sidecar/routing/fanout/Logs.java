package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Logs that each node keeps for itself, newest first: the newest of all. */
public final class Logs {

    /** What ids of one node are apart from each other when they are made those of the whole. */
    private static final long ID_STEP = 1024;

    private static final int ID = 0;
    private static final int TIME = 1;

    private Logs() {}

    /**
     * SLOWLOG GET and COMMANDLOG GET. Ids of several nodes would be the same: they are made different.
     *
     * @param most entries; negative: all
     */
    public static ReplyMerge slow(long most) {
        return ReplyMerge.ofAll(values -> {
            List<ArrayValue> entries = new ArrayList<>();
            for (int node = 0; node < values.size(); node++) {
                for (RespValue entry : Aggregates.elements(values.get(node))) {
                    entries.add(withId(entry, node));
                }
            }
            entries.sort(Comparator.comparingLong((ArrayValue entry) -> number(entry, TIME))
                    .thenComparingLong(entry -> number(entry, ID))
                    .reversed());
            return new ArrayValue(List.copyOf(entries.subList(0, count(most, entries.size()))));
        });
    }

    /**
     * ACL LOG.
     *
     * @param most entries
     */
    public static ReplyMerge acl(long most) {
        return ReplyMerge.ofAll(values -> {
            List<RespValue> entries = new ArrayList<>();
            values.forEach(value -> entries.addAll(Aggregates.elements(value)));
            entries.sort(Comparator.comparingDouble(Logs::age));
            return new ArrayValue(entries.subList(0, count(most, entries.size())));
        });
    }

    private static int count(long most, int there) {
        return most < 0 ? there : (int) Math.min(most, there);
    }

    private static ArrayValue withId(RespValue entry, int node) {
        if (!(entry instanceof ArrayValue array) || array.elements().size() < 2) {
            throw new RespException("not an entry of a log");
        }
        List<RespValue> elements = new ArrayList<>(array.elements());
        elements.set(ID, new IntegerValue(number(array, ID) * ID_STEP + node));
        return new ArrayValue(elements);
    }

    private static long number(ArrayValue entry, int element) {
        return Fields.number(entry.elements().get(element));
    }

    private static double age(RespValue entry) {
        RespValue age = Fields.of(entry).get("age-seconds");
        return age instanceof RespValue.DoubleValue number ? number.value() : Double.parseDouble(Fields.text(age));
    }
}
