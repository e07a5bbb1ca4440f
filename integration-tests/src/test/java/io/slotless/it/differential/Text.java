package io.slotless.it.differential;

/** Bytes made readable. */
final class Text {

    private Text() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\r' -> escaped.append("\\r");
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (c < ' ') {
                        escaped.append("\\x%02x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
