package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.it.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the image's JVM makes of its options. */
final class JvmChecks {

    private static final Pattern MAX_HEAP = Pattern.compile("\\bMaxHeapSize\\s*= (\\d+)");

    private JvmChecks() {}

    /** The limit as a cgroup would set it; and no start at all when the archive does not fit. */
    static String asInAContainerOf(long bytes, ImageJdk jdk) {
        return "-XX:MaxRAM=" + bytes + (jdk.version() >= 25 ? " -XX:AOTMode=on" : " -Xshare:on");
    }

    /** Bytes of heap that the program may take in a container of this limit. */
    static long maxHeap(Container container, long limit) {
        List<String> command =
                new ArrayList<>(Dockerfile.of(container.program()).entrypoint().subList(0, 2));
        command.addAll(List.of("-XX:MaxRAM=" + limit, "-XX:+PrintFlagsFinal", "-version"));
        Path log = Stage.log("image-flags-" + container.program());
        ChildProcess java = container.run(command, Map.of(), Map.of(), log);
        if (java.awaitExit() != 0) {
            throw java.failure("does not take its options");
        }
        try {
            Matcher matcher = MAX_HEAP.matcher(Files.readString(log));
            if (!matcher.find()) {
                throw java.failure("does not tell its heap");
            }
            return Long.parseLong(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
