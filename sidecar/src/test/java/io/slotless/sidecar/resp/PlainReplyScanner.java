package io.slotless.sidecar.resp;

import java.math.BigInteger;

/** The oracle: recursive descent over all bytes at once. */
final class PlainReplyScanner {

    static final int UNFINISHED = -2;
    static final int BROKEN = -1;

    /** Before its last digit; ours to choose, for nobody has so much. */
    private static final BigInteger MAX_LENGTH = BigInteger.valueOf(Long.MAX_VALUE / 100);

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int reason;

        Stop(int reason) {
            this.reason = reason;
        }
    }

    private final byte[] bytes;
    private int at;

    private PlainReplyScanner(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    /** Index behind the reply that starts there, or UNFINISHED, or BROKEN. */
    static int end(byte[] bytes, int start) {
        PlainReplyScanner scanner = new PlainReplyScanner(bytes, start);
        try {
            scanner.value();
            return scanner.at;
        } catch (Stop stop) {
            return stop.reason;
        }
    }

    private void value() {
        char type = (char) next();
        switch (type) {
            case '+', '-', ':', ',', '(', '#', '_' -> line();
            case '$', '=', '!' -> body(length(type == '$'));
            case '*', '~', '>' -> values(length(type == '*'));
            case '%' -> values(2 * length(false));
            case '|' -> {
                values(2 * length(false));
                value();
            }
            default -> throw new Stop(BROKEN);
        }
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || !line.substring(line.length() - 2).equals("\r\n")) {
            line.append((char) next());
        }
        return line.substring(0, line.length() - 2);
    }

    /** Byte by byte, so that what is broken is so before it is unfinished. */
    private long length(boolean mayBeNull) {
        StringBuilder digits = new StringBuilder();
        while (true) {
            char c = (char) next();
            if (c == '\r') {
                break;
            }
            boolean sign = c == '-' && digits.isEmpty();
            boolean digit = c >= '0' && c <= '9';
            if ((!sign && !digit)
                    || new BigInteger("0" + digits.toString().replace("-", "")).compareTo(MAX_LENGTH) > 0) {
                throw new Stop(BROKEN);
            }
            digits.append(c);
        }
        if (digits.isEmpty() || next() != '\n') {
            throw new Stop(BROKEN);
        }
        String text = digits.toString();
        if (text.startsWith("-")) {
            if (!mayBeNull || !text.matches("-0*1")) {
                throw new Stop(BROKEN);
            }
            return -1;
        }
        return Long.parseLong(text);
    }

    private void body(long length) {
        if (length >= 0) {
            for (long i = 0; i < length; i++) {
                next();
            }
            if (next() != '\r' || next() != '\n') {
                throw new Stop(BROKEN);
            }
        }
    }

    private void values(long count) {
        for (long i = 0; i < count; i++) {
            value();
        }
    }

    private byte next() {
        if (at == bytes.length) {
            throw new Stop(UNFINISHED);
        }
        return bytes[at++];
    }
}
