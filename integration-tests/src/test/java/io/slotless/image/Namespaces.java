package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import io.slotless.fixture.process.Java;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Linux namespaces, through util-linux's unshare: what a container is made of. As root, or where users may have their own. */
final class Namespaces {

    private static final Path SCRIPTS = Java.root().resolve("integration-tests/src/test/resources/image");
    private static final List<String> UNSHARE = "root".equals(System.getProperty("user.name"))
            ? List.of("unshare", "--mount")
            : List.of("unshare", "--user", "--map-user=10001", "--map-group=10001", "--keep-caps", "--mount");

    private Namespaces() {}

    /** Whether this machine lets us; says why not. */
    static boolean available(Path work) {
        try {
            ChildProcess trial = ChildProcess.start(
                    "unshare",
                    withHome(work.resolve("trial"), List.of("true")),
                    Map.of("PATH", path()),
                    work.resolve("unshare.log"));
            return trial.awaitExit() == 0 || refused(trial.logTail(3));
        } catch (UncheckedIOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static boolean refused(String reason) {
        System.err.println("No namespaces here, so the images' content is NOT tested in an empty root: " + reason);
        return false;
    }

    /** The command with {@code folder} in the place of /opt/slotless. */
    static List<String> withHome(Path folder, List<String> command) {
        return script("with-home.sh", folder, command);
    }

    /** The command, as user 10001, with {@code root} as its root, which is read-only but for /tmp. */
    static List<String> inRoot(Path root, List<String> command) {
        return script("in-root.sh", root, command);
    }

    static String path() {
        return System.getenv("PATH");
    }

    private static List<String> script(String name, Path folder, List<String> command) {
        List<String> all = new ArrayList<>(UNSHARE);
        all.addAll(List.of("/bin/sh", SCRIPTS.resolve(name).toString(), folder.toString()));
        all.addAll(command);
        return all;
    }
}
