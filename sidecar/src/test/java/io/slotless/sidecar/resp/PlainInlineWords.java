package io.slotless.sidecar.resp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The oracle for quoting: one regular expression for a word, another for an escape. */
final class PlainInlineWords {

    private static final String BLANK = "[ \\t\\n\\x0b\\f\\r]";
    private static final Pattern WORD = Pattern.compile(
            "([^ \\t\\n\\r\"']*)(?:\"((?:\\\\.|[^\"\\\\])*)\"(?=" + BLANK + "|$)|'((?:\\\\'|[^'\\\\]|\\\\(?!'))*)'(?="
                    + BLANK + "|$)|(?=[ \\t\\n\\r]|$))",
            Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|(.))", Pattern.DOTALL);

    private PlainInlineWords() {}

    static List<String> split(String line) {
        int zero = line.indexOf('\0');
        String rest = (zero < 0 ? line : line.substring(0, zero)).replaceFirst("^" + BLANK + "+", "");
        List<String> words = new ArrayList<>();
        while (!rest.isEmpty()) {
            Matcher word = WORD.matcher(rest);
            if (!word.lookingAt()) {
                return null;
            }
            words.add(unquoted(word));
            rest = rest.substring(word.end()).replaceFirst("^" + BLANK + "+", "");
        }
        return words;
    }

    private static String unquoted(Matcher word) {
        if (word.group(2) != null) {
            return word.group(1)
                    + ESCAPE.matcher(word.group(2)).replaceAll(escape -> Matcher.quoteReplacement(meant(escape)));
        }
        if (word.group(3) != null) {
            return word.group(1) + word.group(3).replace("\\'", "'");
        }
        return word.group(1);
    }

    private static String meant(MatchResult escape) {
        if (escape.group(1) != null) {
            return String.valueOf((char) Integer.parseInt(escape.group(1), 16));
        }
        return switch (escape.group(2)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "b" -> "\b";
            case "a" -> "\007";
            default -> escape.group(2);
        };
    }
}
