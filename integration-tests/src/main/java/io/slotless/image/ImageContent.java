package io.slotless.image;

import io.slotless.fixture.process.CommandLine;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a program is started: as in its image.
 *
 * @param program its module
 * @param limit of the container that the chart sets, without the container
 */
public record ImageContent(String program, String limit) {

    public static final ImageContent SIDECAR = new ImageContent("sidecar", "-XX:MaxRAM=256m");
    public static final ImageContent WEBHOOK = new ImageContent("webhook", "-XX:MaxRAM=384m");

    private static final String ONLY_25 = "25-:";
    private static final int JDK_25 = 25;

    /** @param layers what images/layers made of it, in place; null: the image's flags on the JVM that runs us */
    public Launcher launcher(@Nullable Path layers) {
        return launcher(layers, List.of());
    }

    /** @param further options of the JVM */
    public Launcher launcher(@Nullable Path layers, List<String> further) {
        if (layers == null) {
            return Java.program(
                    program, Stream.concat(options().stream(), further.stream()).toArray(String[]::new));
        }
        Path home = layers.toAbsolutePath();
        Path java = home.resolve("jre/bin/java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException(
                    "there is no " + java + ": make it with images/layers " + program + " " + home);
        }
        List<String> command = new ArrayList<>(List.of(java.toString(), "@" + home.resolve("java.options"), limit));
        command.addAll(further);
        command.addAll(
                List.of("-jar", home.resolve(Java.jar(program).getFileName()).toString()));
        return new CommandLine(program, command, environment());
    }

    /** The folder in which a build leaves the program, with its libraries. */
    Path built() {
        return Objects.requireNonNull(
                Java.root().resolve(program).resolve(Java.jar(program)).getParent());
    }

    /** What the image sets. */
    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(Dockerfile.of(program).environment());
        all.put("HOME", "/tmp");
        return all;
    }

    /** What images/layers makes of java.options for the JVM that runs us, except for the archive. */
    List<String> options() {
        try (var lines = Files.lines(Java.root().resolve("images/" + program + "/java.options"))) {
            String only25 = Runtime.version().feature() >= JDK_25 ? "" : "# ";
            List<String> options = lines.map(line -> line.replaceFirst("^" + ONLY_25, only25))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            return Stream.concat(options.stream(), Stream.of(limit)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the report. */
    public String describe(@Nullable Path layers) {
        return layers == null
                ? "images/" + program + "/java.options and " + limit + " on Java " + Runtime.version()
                        + ", without the image's archive"
                : "content of the image, " + limit + ", Java " + release(layers);
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
