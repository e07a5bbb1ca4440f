package io.slotless.sidecar.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command with its arguments, as redis-cli takes and shows it.
 *
 * @param words each character is a byte
 */
record CommandLine(List<String> words) {

    CommandLine {
        words = List.copyOf(words);
    }

    static CommandLine of(String... words) {
        return new CommandLine(List.of(words));
    }

    /** Words parted by blanks; a word in double quotes may hold blanks and {@code \n}, {@code \r}, {@code \x0a}, {@code \"}. */
    static CommandLine parse(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == ' ') {
                at++;
            } else if (text.charAt(at) == '"') {
                StringBuilder word = new StringBuilder();
                at = quoted(text, at + 1, word);
                words.add(word.toString());
            } else {
                int end = text.indexOf(' ', at);
                end = end < 0 ? text.length() : end;
                words.add(text.substring(at, end));
                at = end;
            }
        }
        return new CommandLine(words);
    }

    /** Returns the index behind the closing quote. */
    private static int quoted(String text, int start, StringBuilder word) {
        int at = start;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                word.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'n' -> word.append('\n');
                case 'r' -> word.append('\r');
                case 'x' -> {
                    word.append((char) Integer.parseInt(text.substring(at, at + 2), 16));
                    at += 2;
                }
                default -> word.append(escaped);
            }
        }
        return at + 1;
    }

    /** On the wire. */
    byte[] request() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (String word : words) {
            String bulk = "$" + word.length() + "\r\n" + word + "\r\n";
            out.writeBytes(bulk.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return words.stream().map(CommandLine::shown).collect(Collectors.joining(" "));
    }

    private static String shown(String word) {
        boolean plain = !word.isEmpty() && word.chars().allMatch(c -> c > ' ' && c < 127 && c != '"');
        return plain ? word : '"' + escaped(word) + '"';
    }

    /** Bytes made readable, as redis-cli does. */
    static String escaped(String bytes) {
        StringBuilder shown = new StringBuilder();
        for (char c : bytes.toCharArray()) {
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case '"' -> shown.append("\\\"");
                case '\\' -> shown.append("\\\\");
                default -> shown.append(c < ' ' || c > 126 ? "\\x%02x".formatted((int) c) : String.valueOf(c));
            }
        }
        return shown.toString();
    }
}
