package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespException;
import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What nodes tell of who listens to which channels (Redis documentation, PUBSUB): at which of them does not matter. Who
 * listens to keyspace notifications, or to patterns that may match them, does so at every node, and counts once.
 */
public final class Subscribers {

    /** Each name once. */
    public static final ReplyMerge NAMES =
            ReplyMerge.ofAll(values -> new ArrayValue(List.copyOf(new LinkedHashSet<>(values.stream()
                    .flatMap(value -> Aggregates.elements(value).stream())
                    .toList()))));

    /** Names, each with the sum of its numbers. */
    public static final ReplyMerge COUNTS = ReplyMerge.ofAll(Subscribers::counts);

    private Subscribers() {}

    /** One name may be asked for twice: what counts is its place, which is the same in all. */
    private static RespValue counts(List<RespValue> values) {
        List<RespValue> sums = new ArrayList<>(Aggregates.elements(values.get(0)));
        for (RespValue value : values.subList(1, values.size())) {
            List<RespValue> elements = Aggregates.elements(value);
            if (elements.size() != sums.size()) {
                throw new RespException("not the channels that were asked for");
            }
            for (int i = 1; i < sums.size(); i += 2) {
                long one = Fields.number(sums.get(i));
                long other = Fields.number(elements.get(i));
                sums.set(i, new IntegerValue(isEvent(sums.get(i - 1)) ? Math.max(one, other) : one + other));
            }
        }
        return new ArrayValue(sums);
    }

    private static boolean isEvent(RespValue channel) {
        String name = Fields.text(channel);
        return name.startsWith("__keyspace@") || name.startsWith("__keyevent@");
    }
}
