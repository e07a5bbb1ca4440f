package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A program with its image's options on the JVM that runs us, and with an archive as its image has one, only that no
 * training run is made for it: the first run leaves it for those that follow. It is of one build and one JVM, and its name
 * says which; where none can be written there is none.
 *
 * <p>It is AppCDS (JEP 350) on every JVM: the AOT cache of JDK 25 starts the programs no faster for us, and takes twice the
 * time to be made.
 */
public final class SelfTraining implements Launcher {

    private static final String RECORD = "-XX:ArchiveClassesAtExit=";
    private static final String USE = "-XX:SharedArchiveFile=";

    /** Until the JVM has written the archive: a few seconds where little else is done. */
    private static final long PATIENCE_SECONDS = 60;

    private final ImageContent content;
    private final Path folder;
    private final Path archive;
    private final Path written;
    private final boolean records;

    /** @param archives keeps those of other programs and JVMs, too */
    public SelfTraining(ImageContent content, Path archives) {
        this.content = content;
        folder = archives.toAbsolutePath().resolve(Runtime.version().toString());
        String name = content.program() + "-" + fingerprint(content);
        archive = folder.resolve(name + ".jsa");
        written = folder.resolve(name + "." + ProcessHandle.current().pid() + ".part");
        records = !Files.exists(archive) && canWriteTo(folder);
    }

    /** Whether this run makes the archive. */
    public boolean records() {
        return records;
    }

    /** What later runs use, or this one. */
    public Path archive() {
        return archive;
    }

    @Override
    public ChildProcess start(Map<String, String> settings, Map<String, String> environment, Path log) {
        return content.launcher(null, options()).start(settings, environment, log);
    }

    private List<String> options() {
        // A JVM of tomorrow may not know all that the image's JVM knows.
        List<String> options = new ArrayList<>(List.of("-XX:+IgnoreUnrecognizedVMOptions"));
        if (records) {
            options.add(RECORD + written);
        } else if (Files.exists(archive)) {
            options.add(USE + archive);
        }
        return options;
    }

    /** Once the program was told to end: waits until it has, and keeps what its JVM wrote. What goes wrong is no matter. */
    public void keep(ChildProcess ending) {
        if (!records) {
            return;
        }
        try {
            if (ending.awaitExit(PATIENCE_SECONDS) == Training.TERMINATED && Files.exists(written)) {
                Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
                deleteEarlier();
            }
        } catch (IOException | IllegalStateException e) {
            // The next run tries again.
        }
    }

    /** Those of earlier builds, and what was left half-written. */
    private void deleteEarlier() throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(
                folder,
                file -> file.getFileName().toString().startsWith(content.program() + "-") && !file.equals(archive))) {
            for (Path file : earlier) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What the JVM binds an archive to: itself, its options, and path, time and size of every jar. */
    private static String fingerprint(ImageContent content) {
        List<String> facts = new ArrayList<>(content.options());
        Stream.of("java.vm.name", "java.vm.vendor", "java.vm.version")
                .map(System::getProperty)
                .forEach(facts::add);
        Path classes = Path.of(System.getProperty("java.home"), "lib", "modules");
        try (Stream<Path> built = Files.walk(content.built())) {
            for (Path file : Stream.concat(Stream.of(classes), built.sorted())
                    .filter(Files::isRegularFile)
                    .toList()) {
                facts.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UUID.nameUUIDFromBytes(String.join("\n", facts).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static boolean canWriteTo(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }
}
