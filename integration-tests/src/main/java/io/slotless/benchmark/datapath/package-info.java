/** The benchmark of the data path: what a command through the sidecar costs, beside Redis itself and other proxies. */
@NullMarked
package io.slotless.benchmark.datapath;

import org.jspecify.annotations.NullMarked;
