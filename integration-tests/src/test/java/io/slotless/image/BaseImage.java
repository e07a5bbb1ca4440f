package io.slotless.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stands in for the base image: this machine's glibc and what Java's libraries link besides, and nothing else at all. */
final class BaseImage {

    private static final Pattern LIBRARY = Pattern.compile("(?:=> )?(/\\S+) \\(0x");
    /** Of glibc, and opened at run time. */
    private static final Pattern GLIBC = Pattern.compile("lib(dl|pthread|rt|resolv|util|nss_\\w+)\\.so\\.\\d");

    private BaseImage() {}

    /**
     * Lays the base below what the image brings.
     *
     * @param root becomes /
     * @param home the image's content, somewhere in it
     */
    static void lay(Path root, Path home) {
        try {
            for (String folder : List.of("tmp", "proc", "dev", "etc")) {
                Files.createDirectories(root.resolve(folder));
            }
            for (String device : List.of("null", "zero", "random", "urandom")) {
                Files.write(root.resolve("dev").resolve(device), new byte[0]);
            }
            // The kubelet's.
            Files.writeString(root.resolve("etc/resolv.conf"), "nameserver 127.0.0.1\nsearch svc.cluster.local\n");
            Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
            for (Path library : libraries(home)) {
                Path copy = root.resolve(library.toString().substring(1));
                Files.createDirectories(copy.getParent());
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Path> libraries(Path home) throws IOException {
        Set<Path> libraries = new TreeSet<>();
        try (Stream<Path> files = Files.walk(home.resolve("jre"))) {
            for (Path file : files.filter(BaseImage::isProgram).toList()) {
                Matcher matcher = LIBRARY.matcher(ldd(file));
                while (matcher.find()) {
                    Path library = Path.of(matcher.group(1));
                    if (!library.startsWith(home)) {
                        libraries.add(library);
                    }
                }
            }
        }
        Path glibc = libraries.stream()
                .filter(library -> library.getFileName().toString().startsWith("libc.so"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ldd found no libc in " + libraries));
        try (Stream<Path> neighbours = Files.list(glibc.getParent())) {
            neighbours
                    .filter(file -> GLIBC.matcher(file.getFileName().toString()).matches())
                    .forEach(libraries::add);
        }
        return libraries;
    }

    private static boolean isProgram(Path file) {
        return file.toString().endsWith(".so") || file.endsWith("bin/java");
    }

    private static String ldd(Path file) throws IOException {
        Process ldd = new ProcessBuilder("ldd", file.toString())
                .redirectErrorStream(true)
                .start();
        return new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
