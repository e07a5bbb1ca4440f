package io.slotless.sidecar.testing;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes the build fail if a test leaks a buffer, whatever engine runs it. Netty by itself only logs. Registered in META-INF/services;
 * the leak level is set in the parent pom.
 */
public final class LeakGuard implements LauncherSessionListener {

    private static final int ROUNDS = 3;
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Before the first buffer: each type of buffer asks for its detector when its class is loaded.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        collectGarbage();
        if (!LEAKS.isEmpty()) {
            throw new AssertionError("leaked buffers: " + String.join("\n\n", LEAKS));
        }
    }

    /**
     * A leak shows when the buffer has been collected, Netty has been told so, and another buffer is made. The virtual machine tells
     * of what one collection found in no certain order: hence several rounds.
     */
    private static void collectGarbage() {
        for (int round = 0; round < ROUNDS; round++) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            WeakReference<Object> garbage = new WeakReference<>(new Object(), collected);
            while (collected.poll() != garbage) {
                System.gc();
            }
            PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation")
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
            return new RecordingDetector<>(resource, interval);
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<T> resource, int interval) {
            super(resource, interval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            super.reportTracedLeak(resourceType, records);
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            super.reportUntracedLeak(resourceType);
            LEAKS.add(resourceType);
        }
    }
}
