package io.slotless.benchmark.system;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** Another proxy, to be compared with: how it is started. */
public sealed interface Peer permits Envoy, Predixy, RedisClusterProxy, Twemproxy {

    /** Its name in the report. */
    String product();

    /** Which version it says it is. */
    String version();

    /** What it is told beyond the least that it needs. */
    String settings();

    /** In which ways it is to be measured. */
    List<Variant> variants();

    /**
     * Its command line; writes the configuration.
     *
     * @param variant one of {@link #variants}
     * @param listen where clients will connect to
     * @param redis the single server, or nodes of the cluster
     * @param configuration the file to write; may get an extension
     */
    List<String> prepare(Variant variant, InetSocketAddress listen, List<InetSocketAddress> redis, Path configuration);
}
