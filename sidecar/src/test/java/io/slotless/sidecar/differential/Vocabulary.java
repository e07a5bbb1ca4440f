package io.slotless.sidecar.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to say for an argument: {@code differential/vocabulary.txt}. Each line is {@code name = values}, where the name is an
 * argument's, or {@code command/argument}, which counts more, or a type in brackets, which counts least. The first value is good
 * in most places; the others, too, or wrong in an interesting way.
 */
final class Vocabulary {

    private final Map<String, List<String>> values = new HashMap<>();

    private Vocabulary() {}

    static Vocabulary read() {
        Vocabulary vocabulary = new Vocabulary();
        lines("vocabulary.txt").forEach(line -> {
            int sign = line.indexOf(" = ");
            List<String> words = CommandLine.parse(line.substring(sign + 3)).words();
            for (String name : line.substring(0, sign).split(", ")) {
                if (vocabulary.values.put(name, words) != null) {
                    throw new IllegalStateException("twice in the vocabulary: " + name);
                }
            }
        });
        return vocabulary;
    }

    /** Lines of a resource, without those that are empty or comments. */
    static List<String> lines(String resource) {
        try (InputStream in = Vocabulary.class.getResourceAsStream("/differential/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Never empty. */
    List<String> valuesOf(String command, Argument argument) {
        for (String name : List.of(
                command + "/" + argument.name(),
                argument.token() + " " + argument.name(),
                argument.name(),
                "[" + argument.type() + "]")) {
            List<String> found = values.get(name);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("nothing in the vocabulary for " + command + " " + argument);
    }
}
