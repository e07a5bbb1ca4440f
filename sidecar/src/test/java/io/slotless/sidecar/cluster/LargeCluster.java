package io.slotless.sidecar.cluster;

import static io.slotless.sidecar.resp.RespValue.array;
import static io.slotless.sidecar.resp.RespValue.bulk;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import java.util.stream.IntStream;

/** What the nodes of a large cluster say. */
public final class LargeCluster {

    private LargeCluster() {}

    /**
     * The reply to CLUSTER SLOTS. Each primary has a replica; ranges follow each other in turns, so that none can be joined.
     *
     * @param ranges for each primary
     */
    public static RespValue slots(int primaries, int ranges) {
        int count = primaries * ranges;
        return array(IntStream.range(0, count)
                .mapToObj(range -> array(
                        new IntegerValue((long) range * SlotHash.SLOTS / count),
                        new IntegerValue((long) (range + 1) * SlotHash.SLOTS / count - 1),
                        node(2 * (range % primaries)),
                        node(2 * (range % primaries) + 1)))
                .toArray(RespValue[]::new));
    }

    private static RespValue node(int number) {
        return array(bulk("10.0.1." + number), new IntegerValue(6379), bulk(String.format("%040x", number)), array());
    }
}
