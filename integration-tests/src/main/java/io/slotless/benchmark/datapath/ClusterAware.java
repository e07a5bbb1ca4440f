package io.slotless.benchmark.datapath;

import io.slotless.benchmark.load.LoadResult;
import io.slotless.benchmark.system.Mode;
import io.slotless.benchmark.system.RedisBenchmark;
import io.slotless.benchmark.system.Servers;
import io.slotless.benchmark.system.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cells of redis-benchmark: as a client that knows of the cluster, and as one that does not through the proxies in front
 * of it.
 *
 * @param client the program
 * @param cluster leads to the cluster itself
 */
record ClusterAware(RedisBenchmark client, Target cluster) {

    /** It takes a number of commands, not a time: about so many in a second, depending on the pipeline. */
    private static final int PER_SECOND = 40_000;

    private static final int PER_SECOND_PIPELINED = 150_000;

    static ClusterAware of(RedisBenchmark client, Servers servers) {
        return new ClusterAware(
                client,
                new Target(
                        RedisBenchmark.CLUSTER_AWARE,
                        servers.cluster().primaryOf(0).address(),
                        List.of()));
    }

    /** Which of them have these cells. */
    List<Target> targets(List<Target> all) {
        return Stream.concat(
                        Stream.of(cluster),
                        all.stream().filter(target -> target.variant().mode() == Mode.CLUSTER))
                .toList();
    }

    /** Sets its keys: those of a cluster-aware client have tags, so they are others. */
    void fill(List<Target> all) {
        targets(all).stream().limit(2).forEach(target -> client.fill(target, Cell.SMALL));
    }

    LoadResult measure(Cell cell, Target target, double seconds) {
        int perSecond = cell.pipeline() == 1 ? PER_SECOND : PER_SECOND_PIPELINED;
        return client.get(target, cell.connections(), cell.pipeline(), cell.valueBytes(), (int) (seconds * perSecond));
    }
}
