package io.slotless.benchmark.system;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Something that runs and speaks Redis.
 *
 * @param variant its name
 * @param address where clients connect to
 * @param pids the processes whose CPU and memory are its
 */
public record Target(Variant variant, InetSocketAddress address, List<Long> pids) {}
