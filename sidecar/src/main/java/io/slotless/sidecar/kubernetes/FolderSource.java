package io.slotless.sidecar.kubernetes;

import io.slotless.api.v1alpha1.ApiNames;
import io.slotless.sidecar.destination.SecretAnswer;
import io.slotless.sidecar.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A folder of YAML files with RedisDestinations and Secrets, as one would apply them to a cluster. Other kinds are
 * ignored. A file that cannot be read counts as it was before.
 */
public final class FolderSource implements DestinationSource {

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Duration period;
    private final Path folder;
    private final SecretFiles mounted;
    private final BiConsumer<Path, String> problem;
    private Map<Path, List<JsonValue>> contents = Map.of();
    private Map<Path, String> problems = Map.of();
    private final List<FolderWatch> watches = new ArrayList<>();

    /**
     * Does not read yet.
     *
     * @param mounted asked for Secrets that are not in {@code folder}
     * @param problem told of each file that cannot be read, once
     */
    public FolderSource(Path folder, SecretFiles mounted, BiConsumer<Path, String> problem) {
        this(folder, mounted, problem, PERIOD);
    }

    FolderSource(Path folder, SecretFiles mounted, BiConsumer<Path, String> problem, Duration period) {
        this.period = period;
        this.folder = folder;
        this.mounted = mounted;
        this.problem = problem;
    }

    @Override
    public synchronized void start(Runnable changed) {
        watches.add(new FolderWatch(folder, 1, period, () -> {
            load();
            changed.run();
        }));
        watches.add(new FolderWatch(mounted.folder(), 2, period, changed));
        watches.forEach(FolderWatch::start);
        load();
        changed.run();
    }

    /** The RedisDestinations of all namespaces. */
    public synchronized List<DestinationObject> destinations() {
        return objects()
                .filter(object -> object.at("kind").asText().equals(ApiNames.REDIS_DESTINATION))
                .map(DestinationDecoder::decode)
                .toList();
    }

    @Override
    public Optional<List<DestinationObject>> destinations(String namespace) {
        return Optional.of(destinations().stream()
                .filter(object -> object.metadata().namespace().equals(namespace))
                .toList());
    }

    @Override
    public synchronized SecretAnswer secret(String namespace, String name) {
        return objects()
                .filter(object -> object.at("kind").asText().equals("Secret"))
                .filter(object -> object.at("metadata").at("name").asText().equals(name))
                .filter(object -> object.at("metadata").at("namespace").asText().equals(namespace))
                .findFirst()
                .map(SecretValues::of)
                .orElseGet(() -> notInFolder(mounted.find(name)));
    }

    @Override
    public synchronized void close() {
        watches.forEach(FolderWatch::close);
    }

    private SecretAnswer notInFolder(SecretAnswer answer) {
        return answer instanceof SecretAnswer.Missing missing
                ? new SecretAnswer.Missing("not in " + folder + ", and " + missing.reason())
                : answer;
    }

    private Stream<JsonValue> objects() {
        return contents.keySet().stream().sorted().map(contents::get).flatMap(List::stream);
    }

    private synchronized void load() {
        Map<Path, List<JsonValue>> read = new HashMap<>();
        Map<Path, String> failed = new HashMap<>();
        for (Path file : files(failed)) {
            try {
                read.put(file, Manifests.read(file));
            } catch (IOException e) {
                failed.put(file, String.valueOf(e.getMessage()));
                read.put(file, contents.getOrDefault(file, List.of()));
            }
        }
        failed.forEach((file, message) -> {
            if (!message.equals(problems.get(file))) {
                problem.accept(file, message);
            }
        });
        problems = failed;
        contents = read;
    }

    private List<Path> files(Map<Path, String> failed) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(FolderSource::isManifest)
                    .toList();
        } catch (IOException e) {
            failed.put(folder, "the folder cannot be read");
            return List.copyOf(contents.keySet());
        }
    }

    private static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }
}
