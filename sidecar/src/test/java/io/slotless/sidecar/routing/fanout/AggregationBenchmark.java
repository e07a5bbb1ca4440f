package io.slotless.sidecar.routing.fanout;

import io.slotless.sidecar.resp.RespValue;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One reply of those of ten shards. */
@State(Scope.Thread)
public class AggregationBenchmark {

    private final List<NodeReply> numbers = replies(new RespValue.IntegerValue(1000));
    private final List<NodeReply> arrays = replies(RespValue.array(
            IntStream.range(0, 100).mapToObj(i -> RespValue.bulk("key:" + i)).toArray(RespValue[]::new)));

    @Benchmark
    public RespValue sum() {
        return Aggregates.SUM.merge(numbers);
    }

    @Benchmark
    public RespValue concatenationOfThousandElements() {
        return Aggregates.CONCATENATION.merge(arrays);
    }

    private static List<NodeReply> replies(RespValue value) {
        return IntStream.range(0, 10)
                .mapToObj(shard -> new NodeReply("node-" + shard, NodeReply.Role.PRIMARY, value))
                .toList();
    }
}
