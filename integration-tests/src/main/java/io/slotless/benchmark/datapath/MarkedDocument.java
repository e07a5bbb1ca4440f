package io.slotless.benchmark.datapath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of which a part, between two comments, is written by a program. */
final class MarkedDocument {

    private static final String BEGIN = "<!-- data-path: written by integration-tests/benchmark -->\n";
    private static final String END = "<!-- /data-path -->";

    private MarkedDocument() {}

    static void write(Path document, String part) {
        try {
            Files.writeString(document, replace(Files.readString(document), part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String replace(String text, String part) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the document has no place for it: " + BEGIN + END);
        }
        return text.substring(0, begin + BEGIN.length()) + part + text.substring(end);
    }
}
