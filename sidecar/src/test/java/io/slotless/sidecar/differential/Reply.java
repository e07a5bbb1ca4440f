package io.slotless.sidecar.differential;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A reply, as it came and taken apart.
 *
 * @param type its first byte; {@code ?} for what came instead of a reply
 * @param text of what has no elements, one character a byte; of a null {@code (nil)}
 * @param elements of a map, keys and values in turn
 * @param wire all its bytes
 */
record Reply(char type, String text, List<Reply> elements, String wire) {

    Reply {
        elements = List.copyOf(elements);
    }

    /** What came instead of a reply. */
    static Reply none(String why) {
        return new Reply('?', why, List.of(), "?" + why + "\r\n");
    }

    static Reply read(InputStream in) throws IOException {
        String line = line(in);
        char type = line.charAt(0);
        String rest = line.substring(1);
        String head = line + "\r\n";
        return switch (type) {
            case '$', '=', '!' -> bulk(type, Integer.parseInt(rest), head, in);
            case '*', '~', '>' -> aggregate(type, Integer.parseInt(rest), head, in);
            case '%' -> aggregate(type, 2 * Integer.parseInt(rest), head, in);
            case '_' -> new Reply(type, "(nil)", List.of(), head);
            case '+', '-', ':', ',', '#', '(' -> new Reply(type, rest, List.of(), head);
            default -> throw new IOException("not RESP: " + line);
        };
    }

    boolean isError() {
        return type == '-';
    }

    /** The same on the wire, with elements in another order or with other texts. */
    Reply with(List<Reply> others) {
        StringBuilder all = new StringBuilder(wire.substring(0, wire.indexOf('\n') + 1));
        others.forEach(element -> all.append(element.wire));
        return new Reply(type, text, others, all.toString());
    }

    /** The same with whatever the pattern finds in a text left out; if that is all of it, its type does not matter either. */
    Reply without(Pattern pattern) {
        if (!elements.isEmpty()) {
            return with(
                    elements.stream().map(element -> element.without(pattern)).toList());
        }
        String rest = pattern.matcher(text).replaceAll("");
        if (rest.equals(text)) {
            return this;
        }
        return rest.isEmpty() ? none("") : new Reply(type, rest, elements, type + rest + "\r\n");
    }

    @Override
    public String toString() {
        return CommandLine.escaped(wire);
    }

    private static Reply bulk(char type, int length, String head, InputStream in) throws IOException {
        if (length < 0) {
            return new Reply(type, "(nil)", List.of(), head);
        }
        String body = new String(in.readNBytes(length + 2), StandardCharsets.ISO_8859_1);
        if (!body.endsWith("\r\n") || body.length() != length + 2) {
            throw new IOException("a bulk string that does not end where it says: " + head + body);
        }
        return new Reply(type, body.substring(0, length), List.of(), head + body);
    }

    private static Reply aggregate(char type, int count, String head, InputStream in) throws IOException {
        List<Reply> elements = new ArrayList<>();
        StringBuilder wire = new StringBuilder(head);
        for (int i = 0; i < count; i++) {
            Reply element = read(in);
            elements.add(element);
            wire.append(element.wire);
        }
        return new Reply(type, count < 0 ? "(nil)" : "", elements, wire.toString());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.append((char) b);
        }
        if (in.read() != '\n' || line.isEmpty()) {
            throw new IOException("not RESP: " + line);
        }
        return line.toString();
    }
}
