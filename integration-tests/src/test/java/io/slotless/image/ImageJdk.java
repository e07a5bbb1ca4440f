package io.slotless.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The JDK that the runtime of the images is made of in tests: the one that the environment variable TEST_IMAGE_JDK names,
 * else the newest of JAVA_HOME, our own and those where Linux distributions install them.
 *
 * @param version the feature release, such as 25
 */
record ImageJdk(Path home, int version) {

    private static final Path DISTRIBUTIONS = Path.of("/usr/lib/jvm");
    /** That of the published images (images/sidecar/Dockerfile). */
    static final int PUBLISHED = 25;

    static ImageJdk find() {
        String given = System.getenv("TEST_IMAGE_JDK");
        if (given != null && !given.isBlank()) {
            return at(Path.of(given))
                    .orElseThrow(() -> new IllegalStateException("TEST_IMAGE_JDK has no jlink: " + given));
        }
        return Stream.concat(
                        Stream.of(
                                        Optional.ofNullable(System.getenv("JAVA_HOME")),
                                        Optional.of(System.getProperty("java.home")))
                                .flatMap(Optional::stream)
                                .map(Path::of),
                        installed().stream())
                .flatMap(home -> at(home).stream())
                .max(Comparator.comparingInt(ImageJdk::version))
                .orElseThrow(() -> new IllegalStateException("no JDK with jlink found; name one with TEST_IMAGE_JDK"));
    }

    /** What is built with it is what is published, up to the JDK's update release. */
    boolean isAsPublished() {
        return version >= PUBLISHED;
    }

    private static List<Path> installed() {
        if (!Files.isDirectory(DISTRIBUTIONS)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(DISTRIBUTIONS)) {
            return homes.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ImageJdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/jlink")) || !Files.exists(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION").replace("\"", "");
        return Optional.of(new ImageJdk(home, Runtime.Version.parse(version).feature()));
    }
}
