package io.slotless.benchmark.system;

import io.slotless.fixture.process.CommandLine;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the sidecar is started: as in its image. */
public final class ImageContent {

    /** The container's limit that the chart sets, without the container. */
    private static final String LIMIT = "-XX:MaxRAM=256m";

    private static final String ONLY_25 = "25-:";
    private static final int JDK_25 = 25;

    private ImageContent() {}

    /** @param layers what images/layers made of the sidecar, in place; null: the image's flags on the JVM that runs us */
    public static Launcher launcher(@Nullable Path layers) {
        if (layers == null) {
            return Java.program("sidecar", options().toArray(String[]::new));
        }
        Path home = layers.toAbsolutePath();
        Path java = home.resolve("jre/bin/java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException("there is no " + java + ": make it with images/layers sidecar " + home);
        }
        List<String> command = List.of(
                java.toString(),
                "@" + home.resolve("java.options"),
                LIMIT,
                "-jar",
                home.resolve("quarkus-run.jar").toString());
        return new CommandLine("sidecar", command, Map.of("HOME", "/tmp"));
    }

    /** What images/layers makes of images/sidecar/java.options for the JVM that runs us, except for the archive. */
    private static List<String> options() {
        try (var lines = Files.lines(Java.root().resolve("images/sidecar/java.options"))) {
            String only25 = Runtime.version().feature() >= JDK_25 ? "" : "# ";
            List<String> options = lines.map(line -> line.replaceFirst("^" + ONLY_25, only25))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return Stream.concat(options.stream(), Stream.of(LIMIT)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the report. */
    public static String describe(@Nullable Path layers) {
        return layers == null
                ? "images/sidecar/java.options and " + LIMIT + " on Java " + Runtime.version()
                        + ", without the image's archive"
                : "content of the image, " + LIMIT + ", Java " + release(layers);
    }

    private static String release(Path layers) {
        try (var lines = Files.lines(layers.resolve("jre/release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll(".*=|\"", ""))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
