package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.CommandLine;
import io.slotless.fixture.process.Java;
import io.slotless.fixture.process.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The content of an image, built by images/layers and started by the Dockerfile's own ENTRYPOINT: in an empty root where
 * the machine lets us, else in place.
 *
 * @param root what will be /; in place: what the files are found below
 * @param isolated whether it has a root of its own
 */
record Container(String program, ImageJdk jdk, Path root, boolean isolated) implements Launcher {

    static final String HOME = "/opt/slotless";

    private static final Map<String, Container> BUILT = new ConcurrentHashMap<>();
    private static final long BUILD_SECONDS = 300;

    /** Built once for all tests. */
    static Container of(String program) {
        return BUILT.computeIfAbsent(program, Container::build);
    }

    private static Container build(String program) {
        Path work = Java.work().resolve("images").resolve(program);
        ImageJdk jdk = ImageJdk.find();
        boolean isolated = Namespaces.available(work);
        System.out.println(
                "Image of the " + program + ": " + jdk + (jdk.isAsPublished() ? "" : ", NOT as published: AppCDS")
                        + (isolated ? ", in a root of its own" : ", in place"));
        Container container = new Container(program, jdk, work.resolve("root"), isolated);
        String layers = Java.root().resolve("images/layers").toString();
        ChildProcess build = ChildProcess.start(
                "images/layers " + program,
                isolated
                        ? Namespaces.withHome(container.home(), List.of(layers, program, HOME))
                        : List.of(layers, program, container.home().toString()),
                Map.of("PATH", Namespaces.path(), "JAVA_HOME", jdk.home().toString(), "TMPDIR", work.toString()),
                work.resolve("layers.log"));
        if (build.awaitExit(BUILD_SECONDS) != 0) {
            throw build.failure("did not build");
        }
        if (isolated) {
            BaseImage.lay(container.root(), container.home());
        }
        return container;
    }

    /** Where the image's /opt/slotless is. */
    Path home() {
        return outside(HOME);
    }

    /** Where a file of the container is. */
    Path outside(String path) {
        return root.resolve(path.substring(1));
    }

    /** The archive of the training run, as the process names it. */
    String archive() {
        return inside((jdk.version() >= 25 ? HOME + "/app.aot" : HOME + "/app.jsa"));
    }

    @Override
    public ChildProcess start(Map<String, String> settings, Map<String, String> environment, Path log) {
        return run(Dockerfile.of(program).entrypoint(), settings, environment, log);
    }

    /** Any command of the image, with the environment that Kubernetes would give. */
    ChildProcess run(List<String> command, Map<String, String> settings, Map<String, String> environment, Path log) {
        Map<String, String> all = new LinkedHashMap<>(Dockerfile.of(program).environment());
        all.replaceAll((name, value) -> inside(value));
        all.putAll(Map.of("HOSTNAME", "shop-7d4b9c", "HOME", "/", "KUBERNETES_SERVICE_PORT", "443"));
        all.putAll(environment);
        Map<String, String> seen = new TreeMap<>(settings);
        seen.replaceAll((name, value) -> isolated ? value.replace(root.toString(), "") : value);
        List<String> line = command.stream().map(this::inside).toList();
        return new CommandLine("image of the " + program, isolated ? Namespaces.inRoot(root, line) : onPath(line), all)
                .start(seen, Map.of(), log);
    }

    /** A program without a folder is found by us where no chroot looks for it. */
    private List<String> onPath(List<String> line) {
        if (line.get(0).contains("/")) {
            return line;
        }
        List<String> found = new ArrayList<>(line);
        found.set(0, home().resolve("jre/bin").resolve(line.get(0)).toString());
        return found;
    }

    private String inside(String text) {
        return isolated ? text : text.replace(HOME, home().toString());
    }

    /** How many bytes the content of the image has. */
    long size() {
        try (var files = Files.walk(home())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
