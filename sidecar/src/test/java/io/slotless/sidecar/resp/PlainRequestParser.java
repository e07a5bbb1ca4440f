package io.slotless.sidecar.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The oracle: reads everything from the start each time, one obvious step after the other. */
final class PlainRequestParser {

    /** What comes of a client's bytes: commands, then perhaps an error; {@code rest} bytes belong to a command not all there. */
    record Outcome(List<List<String>> commands, String error, int rest) {}

    private static final class Unfinished extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final RespLimits limits;
    private final String text;
    private int at;

    private PlainRequestParser(RespLimits limits, byte[] bytes) {
        this.limits = limits;
        this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static Outcome parse(RespLimits limits, byte[] bytes) {
        return new PlainRequestParser(limits, bytes).parse();
    }

    private Outcome parse() {
        List<List<String>> commands = new ArrayList<>();
        int start = 0;
        try {
            while (at < text.length()) {
                List<String> command = text.charAt(at) == '*' ? multibulk() : inline();
                if (!command.isEmpty()) {
                    commands.add(command);
                }
                start = at;
            }
        } catch (Unfinished e) {
            return new Outcome(commands, "", text.length() - start);
        } catch (Refused e) {
            return new Outcome(commands, "ERR Protocol error: " + e.getMessage(), text.length() - start);
        }
        return new Outcome(commands, "", 0);
    }

    private List<String> multibulk() {
        long count = number(header("too big mbulk count string").substring(1), "invalid multibulk length");
        if (count > limits.maxArguments()) {
            throw new Refused("invalid multibulk length");
        }
        List<String> arguments = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            arguments.add(bulk());
        }
        return arguments;
    }

    private String bulk() {
        String header = header("too big bulk count string");
        if (!header.startsWith("$")) {
            throw new Refused("expected '$', got '" + (header.isEmpty() ? '\r' : header.charAt(0)) + "'");
        }
        long length = number(header.substring(1), "invalid bulk length");
        if (length < 0 || length > limits.maxBulkLength()) {
            throw new Refused("invalid bulk length");
        }
        if (text.length() - at < length + 2) {
            throw new Unfinished();
        }
        String body = text.substring(at, at + (int) length);
        at += (int) length + 2;
        return body;
    }

    private String header(String tooLong) {
        String line = line('\r', tooLong);
        if (at == text.length()) {
            throw new Unfinished();
        }
        at++;
        return line;
    }

    private String line(char end, String tooLong) {
        int found = text.indexOf(end, at);
        int length = (found < 0 ? text.length() : found) - at;
        if (length > limits.maxInlineLength()) {
            throw new Refused(tooLong);
        }
        if (found < 0) {
            throw new Unfinished();
        }
        String line = text.substring(at, found);
        at = found + 1;
        return line;
    }

    private static long number(String text, String otherwise) {
        if (!text.matches("0|-?[1-9][0-9]*")) {
            throw new Refused(otherwise);
        }
        BigInteger number = new BigInteger(text);
        if (number.bitLength() > 63) {
            throw new Refused(otherwise);
        }
        return number.longValue();
    }

    private List<String> inline() {
        String line = line('\n', "too big inline request");
        String words = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        List<String> arguments = PlainInlineWords.split(words);
        if (arguments == null) {
            throw new Refused("unbalanced quotes in request");
        }
        return arguments;
    }
}
