/** What the data path's benchmark measures, as processes: servers, our sidecar, other proxies. */
@NullMarked
package io.slotless.benchmark.system;

import org.jspecify.annotations.NullMarked;
