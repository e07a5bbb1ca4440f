package io.slotless.sidecar.testing;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What this virtual machine has allocated for buffers outside of its heap. Netty counts it itself in some machines only. */
public final class DirectMemory {

    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private DirectMemory() {}

    /** Bytes, with what Netty's allocator keeps for the next buffers. */
    public static long used() {
        return DIRECT.getMemoryUsed();
    }
}
