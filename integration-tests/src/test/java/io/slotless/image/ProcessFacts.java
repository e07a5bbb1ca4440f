package io.slotless.image;

import io.slotless.fixture.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about a process (proc(5)). */
public record ProcessFacts(Path proc) {

    public static ProcessFacts of(ChildProcess process) {
        return new ProcessFacts(Path.of("/proc", Long.toString(process.pid())));
    }

    /** Real, effective, saved and file system user. */
    String users() {
        return field("status", "Uid:");
    }

    String capabilities() {
        return field("status", "CapEff:");
    }

    /** Options of the mount that is its root. */
    String rootMount() {
        return read("mountinfo")
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words[4].equals("/"))
                .map(words -> words[5])
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    public boolean hasMapped(String file) {
        return read("maps").lines().anyMatch(line -> line.endsWith(file));
    }

    /** Bytes of memory that no file stands behind: what a container's limit cannot reclaim. */
    long anonymousBytes() {
        return 1024
                * Long.parseLong(
                        field("smaps_rollup", "Anonymous:").replace("kB", "").strip());
    }

    private String field(String file, String name) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private String read(String file) {
        try {
            return Files.readString(proc.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
