package io.slotless.it.client;

import io.slotless.fixture.process.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How suites in a language are installed, below the build's own folder, and run with the test runner of their field. */
enum Language {
    NODE("npm", "package-lock.json", "^. tests (\\d+)$") {
        @Override
        void install(Path folder) {
            run(
                    "npm ci",
                    List.of("npm", "ci", "--prefix", folder.toString(), "--ignore-scripts", "--no-audit", "--no-fund"));
        }

        @Override
        List<String> command(Path folder, String file) {
            return List.of(
                    "node",
                    "--test",
                    "--test-reporter=spec",
                    folder.resolve(file).toString());
        }
    },
    PYTHON("python3", "requirements.txt", "^(\\d+) passed") {
        @Override
        void install(Path folder) {
            Path venv = folder.resolve("venv");
            run("python venv", List.of("python3", "-m", "venv", "--clear", venv.toString()));
            String pip = venv.resolve("bin/pip").toString();
            run(
                    "pip install",
                    List.of(
                            pip,
                            "install",
                            "-q",
                            "-r",
                            folder.resolve("requirements.txt").toString()));
        }

        @Override
        List<String> command(Path folder, String file) {
            return List.of(
                    folder.resolve("venv/bin/python").toString(),
                    "-m",
                    "pytest",
                    "-q",
                    "-p",
                    "no:cacheprovider",
                    folder.resolve(file).toString());
        }
    },
    GO("go", "go.sum", "--- PASS: \\w+/") {
        @Override
        void install(Path folder) {
            run("go vet", List.of("go", "-C", folder.toString(), "vet", "-mod=readonly", "./..."));
        }

        @Override
        List<String> command(Path folder, String file) {
            return List.of("go", "-C", folder.toString(), "test", "-mod=readonly", "-count=1", "-v", file);
        }
    };

    private static final Duration INSTALLATION = Duration.ofMinutes(5);

    private final String program;
    private final String pins;
    private final Pattern count;

    Language(String program, String pins, String count) {
        this.program = program;
        this.pins = pins;
        this.count = Pattern.compile(count, Pattern.MULTILINE);
    }

    /** What must be on the path. */
    String program() {
        return program;
    }

    abstract void install(Path folder);

    abstract List<String> command(Path folder, String file);

    /** The suites, with what they need. */
    synchronized Path installed() {
        Path source = Java.root().resolve("integration-tests/clients").resolve(folderName());
        Path folder = Java.work().resolve("clients").resolve(folderName());
        Path stamp = folder.resolve("installed-" + pins);
        try {
            copy(source, folder);
            String wanted = Files.readString(source.resolve(pins));
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
                install(folder);
                Files.writeString(stamp, wanted);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many tests ran, by what the runner printed. */
    int count(String output) {
        Matcher matcher = count.matcher(output);
        int tests = 0;
        while (matcher.find()) {
            tests += matcher.groupCount() == 0 ? 1 : Integer.parseInt(matcher.group(1));
        }
        return tests;
    }

    private static void run(String what, List<String> command) {
        Program.run(what, INSTALLATION, Map.of(), command);
    }

    private String folderName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))::iterator) {
                Path copy = target.resolve(source.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
