package io.slotless.it.client;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program of this machine: found on the path, with this machine's environment, as a user would call it. */
final class Program {

    private Program() {}

    static boolean exists(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /**
     * Runs it to its end, which must be a good one.
     *
     * @param what for messages and the name of its log
     * @return what it printed
     */
    static String run(String what, Duration limit, Map<String, String> variables, List<String> command) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        Path log = Java.work().resolve("clients").resolve(what.replaceAll("\\W+", "-") + ".log");
        try {
            Files.deleteIfExists(log);
            try (ChildProcess process = ChildProcess.start(what, command, environment, log)) {
                if (process.awaitExit(limit.toSeconds()) != 0) {
                    throw new AssertionError(what + " failed:\n" + Files.readString(log));
                }
            }
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
