package io.slotless.benchmark.footprint;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.ProcessUsage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Starts a program, looks at it, and ends it.
 *
 * @param settle before memory is read
 * @param idle for which to look at a program that has nothing to do; zero: not at all
 */
record Measurement(Duration settle, Duration idle) {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] COMMAND = "*2\r\n$3\r\nGET\r\n$7\r\nnothing\r\n".getBytes(StandardCharsets.US_ASCII);

    /** One start. */
    Footprint of(Subject subject, Path log) {
        long start = System.nanoTime();
        try (ChildProcess process = subject.start(log)) {
            ProcessUsage usage = ProcessUsage.of(process.pid());
            double serving = await(process, start, () -> answers(subject.address()));
            double servingCpu = usage.cpuSeconds();
            double ready = await(process, start, subject::isReady);
            pause(settle);
            double pss = usage.pss();
            double anonymous = usage.anonymous();
            double idlePercent = idle.isZero() ? Double.NaN : idlePercent(usage);
            Load.drive(subject.address());
            pause(settle);
            return new Footprint(
                    serving, servingCpu, ready, pss, anonymous, usage.pss(), usage.anonymous(), idlePercent);
        }
    }

    private double idlePercent(ProcessUsage usage) {
        double before = usage.cpuSeconds();
        pause(idle);
        return (usage.cpuSeconds() - before) / idle.toSeconds() * 100;
    }

    private static double await(ChildProcess process, long start, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() - start > START_LIMIT.toNanos()) {
                throw process.failure("did not start");
            }
            pause(Duration.ofMillis(2));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** Whether a command is done; not merely whether a connection is accepted. */
    private static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address, PATIENCE_MILLIS);
            socket.getOutputStream().write(COMMAND);
            return socket.getInputStream().read() == '$';
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
