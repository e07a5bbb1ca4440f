package io.slotless.sidecar.resp;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of an inline command by Redis's quoting rules ({@code sdssplitargs}): what a person types into telnet. */
final class InlineArguments {

    private static final int END = 0;

    private final ByteBuf line;
    private final int end;
    private int at;

    private InlineArguments(ByteBuf line, int start, int end) {
        this.line = line;
        this.at = start;
        this.end = end;
    }

    /**
     * The words of the line.
     *
     * @return null if a quote is not closed, or not followed by a blank
     */
    static @Nullable List<byte[]> split(ByteBuf line, int start, int end) {
        return new InlineArguments(line, start, end).words();
    }

    private @Nullable List<byte[]> words() {
        List<byte[]> words = new ArrayList<>();
        while (true) {
            while (isSpace(peek(0))) {
                at++;
            }
            if (peek(0) == END) {
                return words;
            }
            ByteArrayOutputStream word = new ByteArrayOutputStream();
            if (!word(word)) {
                return null;
            }
            words.add(word.toByteArray());
        }
    }

    private boolean word(ByteArrayOutputStream word) {
        while (true) {
            int c = peek(0);
            switch (c) {
                case ' ', '\n', '\r', '\t', END -> {
                    return true;
                }
                case '"' -> {
                    return doubleQuoted(word);
                }
                case '\'' -> {
                    return singleQuoted(word);
                }
                default -> word.write(c);
            }
            at++;
        }
    }

    private boolean doubleQuoted(ByteArrayOutputStream word) {
        for (at++; peek(0) != END; at++) {
            int c = peek(0);
            if (c == '"') {
                return closeQuote();
            }
            if (c != '\\' || peek(1) == END) {
                word.write(c);
            } else if (peek(1) == 'x' && hex(peek(2)) >= 0 && hex(peek(3)) >= 0) {
                word.write(hex(peek(2)) << 4 | hex(peek(3)));
                at += 3;
            } else {
                word.write(escaped(peek(1)));
                at++;
            }
        }
        return false;
    }

    private boolean singleQuoted(ByteArrayOutputStream word) {
        for (at++; peek(0) != END; at++) {
            if (peek(0) == '\'') {
                return closeQuote();
            }
            if (peek(0) == '\\' && peek(1) == '\'') {
                at++;
            }
            word.write(peek(0));
        }
        return false;
    }

    private boolean closeQuote() {
        at++;
        return peek(0) == END || isSpace(peek(0));
    }

    /** Redis works on a C string: a zero byte ends the line as its end does. */
    private int peek(int ahead) {
        return at + ahead < end ? line.getByte(at + ahead) & 0xff : END;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static int escaped(int c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> c;
        };
    }

    private static int hex(int c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
