package io.slotless.webhook.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's values.yaml with its comments, which no YAML parser keeps: one key a line, flow style below a leaf. */
final class ValuesFile {

    private static final Pattern COMMENT = Pattern.compile(" *# (.*)");
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):(?: +(.*))?");
    private static final int INDENT = 2;

    private ValuesFile() {}

    /**
     * A key of the file.
     *
     * @param path keys from the root, with dots
     * @param comment what stands above it, empty where nothing does
     * @param value as it is written; empty for a key that others are below
     */
    record Value(String path, String comment, Optional<String> value) {}

    static List<Value> read() throws IOException {
        return parse(Files.readAllLines(Path.of("../charts/slotless/values.yaml")));
    }

    static List<Value> parse(List<String> lines) {
        List<Value> values = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        Deque<String> parents = new ArrayDeque<>();
        for (String line : lines) {
            Matcher text = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (text.matches()) {
                comment.add(text.group(1));
            } else if (key.matches()) {
                while (parents.size() > key.group(1).length() / INDENT) {
                    parents.removeLast();
                }
                parents.addLast(key.group(2));
                values.add(new Value(
                        String.join(".", parents), String.join(" ", comment), Optional.ofNullable(key.group(3))));
                comment.clear();
            } else if (line.isBlank()) {
                comment.clear();
            } else {
                throw new IllegalArgumentException("neither a comment nor a key: " + line);
            }
        }
        return values;
    }
}
