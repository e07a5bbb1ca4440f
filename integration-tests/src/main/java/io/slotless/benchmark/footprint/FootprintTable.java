package io.slotless.benchmark.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table in docs/benchmarks.md, between two comments there. */
final class FootprintTable {

    private static final String BEGIN = "<!-- footprint: written by integration-tests/benchmark -->\n";
    private static final String END = "<!-- /footprint -->";

    private static final String HEAD = """
            | | RedisDestinations | serves after | CPU until then | ready after | PSS | of it anonymous | PSS after load | of it anonymous | CPU idle |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    private FootprintTable() {}

    static String of(List<String> rows) {
        return HEAD + String.join("\n", rows) + "\n";
    }

    /** Replaces the table in the document. */
    static void write(Path document, String table) {
        try {
            String text = Files.readString(document);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalStateException(document + " has no place for the table: " + BEGIN + END);
            }
            Files.writeString(document, text.substring(0, begin + BEGIN.length()) + table + text.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
