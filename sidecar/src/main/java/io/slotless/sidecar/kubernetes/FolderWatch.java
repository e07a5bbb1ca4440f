package io.slotless.sidecar.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a file in a folder changes, on a thread of its own, by looking at regular times.
 *
 * <p>Not by the operating system's events: they miss links swapped deeper down and folders that come later, and a node
 * gives one user no more than 128 inotify instances, which a sidecar in every pod would use up.
 */
final class FolderWatch implements AutoCloseable {

    private final Path folder;
    private final int depth;
    private final Duration period;
    private final Runnable changed;
    private final Thread thread = new Thread(this::run, "slotless-folder-watch");
    private Map<Path, Fingerprint> seen = Map.of();

    /**
     * Does not look yet.
     *
     * @param depth how many levels of folders to look at; 1 is the files of {@code folder}
     */
    FolderWatch(Path folder, int depth, Duration period, Runnable changed) {
        this.folder = folder;
        this.depth = depth;
        this.period = period;
        this.changed = changed;
    }

    /** Tells of every change after this call. */
    void start() {
        seen = fingerprints();
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(period.toMillis());
                Map<Path, Fingerprint> now = fingerprints();
                if (!now.equals(seen)) {
                    seen = now;
                    changed.run();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Path, Fingerprint> fingerprints() {
        Map<Path, Fingerprint> fingerprints = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return fingerprints;
        }
        try (Stream<Path> files = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    fingerprints.put(file, Fingerprint.of(attributes));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Something went away while we looked. This matches no real look, so the next one tells.
            fingerprints.put(folder, Fingerprint.INTERRUPTED);
        }
        return fingerprints;
    }

    private record Fingerprint(@Nullable Object identity, FileTime modified, long size) {

        static final Fingerprint INTERRUPTED = new Fingerprint(null, FileTime.fromMillis(0), -1);

        static Fingerprint of(BasicFileAttributes file) {
            return new Fingerprint(file.fileKey(), file.lastModifiedTime(), file.size());
        }
    }
}
