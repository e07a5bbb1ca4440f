package io.slotless.webhook.injection;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Host names as people write them. */
final class HostName {

    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private HostName() {}

    /**
     * Lower case and without the final dot; empty when it is not a DNS-1123 subdomain, which is what {@code hostAliases}
     * accepts. An IP address is not a name: no hosts file can redirect it.
     */
    static Optional<String> parse(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST
                || !isMadeOfLabels(name)
                || isDigit(name.charAt(name.length() - 1)) && IPV4.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(name);
    }

    /** Without a regular expression: an admission asks this of every RedisDestination of a namespace. */
    private static boolean isMadeOfLabels(String name) {
        int start = 0;
        while (start <= name.length()) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            if (!isLabel(name, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static boolean isLabel(String name, int start, int end) {
        if (start == end || end - start > LONGEST_LABEL || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || isDigit(c) || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
