package io.slotless.benchmark.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document with parts that programs write, each between two comments with the part's name. */
public final class MarkedDocument {

    private MarkedDocument() {}

    /** Replaces the part of this name in the file. */
    public static void write(Path document, String name, String part) {
        try {
            Files.writeString(document, replace(Files.readString(document), name, part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with another part of this name. */
    public static String replace(String text, String name, String part) {
        String before = "<!-- " + name + ": written by integration-tests/benchmark -->\n";
        String behind = "<!-- /" + name + " -->";
        int begin = text.indexOf(before);
        int end = text.indexOf(behind);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the document has no place for it: " + before + behind);
        }
        return text.substring(0, begin + before.length()) + part + text.substring(end);
    }
}
