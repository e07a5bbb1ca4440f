package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.CommandLine;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The training run of an image: the program as it is in the image, doing its daily work, while the JVM notes what it
 * loads and what gets hot. When it ends, the JVM writes the archive that its options name.
 *
 * <p>Usage: {@code Training <sidecar|webhook> <command line…>}
 */
public final class Training {

    /** The JVM writes the archive before it is gone; under emulation of another processor that takes a while. */
    private static final long PATIENCE_SECONDS = 600;

    /** The status of a JVM that SIGTERM ended in order. */
    static final int TERMINATED = 128 + 15;

    private Training() {}

    public static void main(String[] arguments) {
        String program = arguments[0];
        List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
        Path log = Java.work().resolve("training-" + program + ".log");
        Launcher launcher = new CommandLine(program, command, Map.of("HOME", "/tmp"));
        ChildProcess trained =
                switch (program) {
                    case "sidecar" -> SidecarTraining.run(launcher, log);
                    case "webhook" -> WebhookTraining.run(launcher, log);
                    default -> throw new IllegalArgumentException("no such program: " + program);
                };
        int status = trained.awaitExit(PATIENCE_SECONDS);
        if (status != TERMINATED) {
            throw trained.failure("did not end in order");
        }
        // Threads of the fixtures would keep us.
        System.exit(0);
    }
}
