package io.slotless.sidecar.routing.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotless.sidecar.resp.RespValue;
import io.slotless.sidecar.resp.RespValue.ArrayValue;
import io.slotless.sidecar.resp.RespValue.IntegerValue;
import io.slotless.sidecar.routing.fanout.NodeReply.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Merges beside slow and obvious ones. */
class FanOutMergesProperties {

    @Property
    void histogramsAreThoseOfAllSamples(
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 20) List<@IntRange(max = 6) Integer>> samplesOfNodes) {
        List<Integer> all = samplesOfNodes.stream().flatMap(List::stream).toList();
        RespValue merged = merged(
                Latency.HISTOGRAM,
                samplesOfNodes.stream().map(FanOutMergesProperties::histogram).toList());
        assertThat(merged).isEqualTo(histogram(all));
    }

    /** Only buckets that are not empty, each with the number of samples up to it, as Redis tells them. */
    private static RespValue histogram(List<Integer> samples) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (int sample : samples) {
            counts.put(
                    1L << sample,
                    samples.stream().filter(each -> each <= sample).count());
        }
        List<RespValue> buckets = new ArrayList<>();
        for (Map.Entry<Long, Long> bucket : counts.entrySet()) {
            buckets.add(new IntegerValue(bucket.getKey()));
            buckets.add(new IntegerValue(bucket.getValue()));
        }
        return RespValue.array(
                RespValue.bulk("get"),
                RespValue.array(
                        RespValue.bulk("calls"),
                        new IntegerValue(samples.size()),
                        RespValue.bulk("histogram_usec"),
                        new ArrayValue(buckets)));
    }

    @Property
    void theNewestOfAllLogsAreThere(
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 8) List<@LongRange(min = 0, max = 50) Long>> timesOfNodes,
            @ForAll @IntRange(min = -1, max = 12) int most) {
        List<RespValue> logs = new ArrayList<>();
        for (List<Long> times : timesOfNodes) {
            List<RespValue> entries = new ArrayList<>();
            List<Long> newestFirst =
                    times.stream().sorted(Comparator.reverseOrder()).toList();
            for (int i = 0; i < newestFirst.size(); i++) {
                entries.add(RespValue.array(
                        new IntegerValue(newestFirst.size() - i), new IntegerValue(newestFirst.get(i))));
            }
            logs.add(new ArrayValue(entries));
        }
        List<RespValue> merged = ((ArrayValue) merged(Logs.slow(most), logs)).elements();
        List<Long> expected = timesOfNodes.stream()
                .flatMap(List::stream)
                .sorted(Comparator.reverseOrder())
                .limit(most < 0 ? Long.MAX_VALUE : most)
                .toList();
        assertThat(merged)
                .extracting(
                        entry -> ((IntegerValue) ((ArrayValue) entry).elements().get(1)).value())
                .isEqualTo(expected);
        assertThat(merged)
                .extracting(entry -> ((ArrayValue) entry).elements().get(0))
                .doesNotHaveDuplicates();
    }

    @Property
    void keysOfAllNodesAreCounted(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1_000_000) Integer> keys,
            @ForAll("texts") String rest) {
        String merged = Info.merge(keys.stream()
                .map(count -> rest + "\r\n# Keyspace\r\ndb0:keys=" + count + ",expires=0,avg_ttl=0\r\n")
                .toList());
        long sum = keys.stream().mapToLong(Integer::longValue).sum();
        assertThat(merged).contains("db0:keys=" + sum + ",expires=0,avg_ttl=0");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "# Memory", "used_memory:1", "used_memory:x", "maxmemory_human:", ":", "slave0:x", "", "a=b,c")
                .list()
                .ofMaxSize(6)
                .map(lines -> String.join("\r\n", lines));
    }

    private static RespValue merged(ReplyMerge merge, List<RespValue> values) {
        return merge.merge(values.stream()
                .map(value -> new NodeReply("node", Role.PRIMARY, value))
                .toList());
    }
}
